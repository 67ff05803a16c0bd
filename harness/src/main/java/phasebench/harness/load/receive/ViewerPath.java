package phasebench.harness.load.receive;

import java.io.IOException;

/// One viewer's way to and from the relay: an address and a port that no other viewer has.
public sealed interface ViewerPath permits ChannelPath, SharedPath {
    /// Sets who takes what comes; to be called before the first datagram is sent.
    void deliverTo(DatagramSink sink);

    /// Sends a datagram to the relay; any thread.
    void send(byte[] bytes, int length) throws IOException;

    /// From now on the first [DatagramSink#HEADER_BYTES] of a media packet suffice; of other datagrams too long for
    /// that the rest is cut off. For paths opened with [ReceiveEngine.Media#HEADERS]; any thread.
    void headersSuffice();

    int localPort();

    /// Whether the socket is this viewer's alone and ends with the path.
    boolean hasOwnSocket();

    /// Takes nothing more; any thread.
    void close();
}
