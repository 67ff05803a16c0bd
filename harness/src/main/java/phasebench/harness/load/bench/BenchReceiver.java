package phasebench.harness.load.bench;

import java.io.IOException;
import java.net.InetSocketAddress;

/// One way of receiving for all viewers.
interface BenchReceiver extends AutoCloseable {
    /// What it is, for a person.
    String name();

    /// Opens the socket of one viewer and sends a datagram to where packets will come from.
    void open(int viewer, InetSocketAddress sender) throws IOException;

    /// Whether [#drain] waits for packets itself, a few ms at most, and is not to be called at a tick.
    default boolean isBlocking() {
        return false;
    }

    /// Takes what has come by now.
    ///
    /// @return packets
    int drain() throws IOException;

    /// What is wrong with what came, or an empty text; asked once, at the end.
    String complaint();

    @Override
    void close() throws IOException;
}
