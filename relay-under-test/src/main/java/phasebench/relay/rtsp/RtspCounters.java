package phasebench.relay.rtsp;

import phasebench.relay.rtp.IngestDrop;

/// What the RTSP server counts; called from many threads at once.
public interface RtspCounters {
    /// An RTP packet arrived, whatever becomes of it.
    ///
    /// @param packetBytes its header and payload, without what carried it
    void rtpPacketIn(int packetBytes);

    /// An RTCP packet arrived as a part of a compound.
    ///
    /// @param type `SR`, `RR`, `SDES`, `BYE`, `NACK`, `PLI`, `FIR` or `other`
    void rtcpPacketIn(String type);

    /// An RTCP packet was sent as a part of a compound.
    ///
    /// @param type as for `rtcpPacketIn`
    void rtcpPacketOut(String type);

    /// Something was thrown away.
    void dropped(IngestDrop reason);

    /// A listening, connected or UDP socket was opened.
    void socketOpened();

    /// A socket was closed.
    void socketClosed();

    /// The timer that looks for expired connections fired; it runs only while there are connections.
    void timerFired();
}
