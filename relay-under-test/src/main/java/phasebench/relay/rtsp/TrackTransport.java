package phasebench.relay.rtsp;

/// How one track arrives.
sealed interface TrackTransport permits TrackTransport.Interleaved, UdpTransport {
    /// The Transport header that SETUP is answered with.
    String header();

    /// Frees what it holds.
    void close();

    /// Among the requests; RTCP goes on `rtpChannel + 1`.
    record Interleaved(int rtpChannel) implements TrackTransport {
        @Override
        public String header() {
            return "RTP/AVP/TCP;unicast;interleaved=%d-%d;mode=record".formatted(rtpChannel, rtpChannel + 1);
        }

        @Override
        public void close() {
            // the connection carries it
        }
    }
}
