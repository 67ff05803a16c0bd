package phasebench.harness.load.receive;

import java.io.IOException;

/// One viewer's way to and from the relay: an address and a port that no other viewer has.
public sealed interface ViewerPath permits ChannelPath, SharedPath {
    /// Sets who takes what comes; to be called before the first datagram is sent.
    void deliverTo(DatagramSink sink);

    /// Sends a datagram to the relay; any thread.
    void send(byte[] bytes, int length) throws IOException;

    int localPort();

    /// Takes nothing more; any thread.
    void close();
}
