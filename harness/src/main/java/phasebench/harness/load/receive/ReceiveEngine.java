package phasebench.harness.load.receive;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/// How viewers receive: paths for them, and the datagrams that wait in these.
public sealed interface ReceiveEngine extends AutoCloseable permits ChannelEngine, SharedEngine {
    /// What becomes of a viewer's RTP packets.
    enum Media {
        /// The viewer gets them whole.
        WHOLE,
        /// The viewer gets them whole until it says that headers suffice ([ViewerPath#headersSuffice]).
        HEADERS,
        /// The kernel counts and drops them; STUN, DTLS and RTCP come through.
        COUNTED
    }

    /// A path for a viewer; any thread may ask.
    ///
    /// @throws IOException if there is none towards the relay, or none with such media
    ViewerPath open(InetSocketAddress relay, Media media) throws IOException;

    /// Hands out what has come by now. Belongs to the receiving thread.
    ///
    /// @return how many datagrams were media
    int drain();

    /// Local ports at which media is taken: what the kernel drops there is lost by the load generator.
    Set<Integer> localPorts();

    /// RTP packets that the kernel has counted and dropped so far.
    long packetsCounted() throws IOException;

    /// Datagrams that the kernel dropped at full sockets so far, as the sockets themselves tell
    /// (SO_MEMINFO; the count is that of SO_RXQ_OVFL, without a note with every datagram).
    long overflowDatagrams() throws IOException;

    /// What it is, for the evidence.
    String description();

    /// Gives the sockets back; nobody may drain any more.
    @Override
    void close();
}
