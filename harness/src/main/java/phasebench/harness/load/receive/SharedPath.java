package phasebench.harness.load.receive;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A viewer that shares its socket with others and has an address of its own.
final class SharedPath implements ViewerPath {
    private final SharedSocket socket;
    private final int client;
    private final long relayKey;
    private final boolean isAlwaysWhole;
    private final AtomicBoolean needsWhole = new AtomicBoolean(true);

    /// @param client index among the clients of the socket
    /// @param relayKey the relay's address as [SocketMemory#addressKey] writes it
    /// @param isAlwaysWhole whether headers never suffice
    SharedPath(SharedSocket socket, int client, long relayKey, boolean isAlwaysWhole) {
        this.socket = socket;
        this.client = client;
        this.relayKey = relayKey;
        this.isAlwaysWhole = isAlwaysWhole;
    }

    @Override
    public void deliverTo(DatagramSink sink) {
        socket.deliver(client, sink);
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        socket.send(client, relayKey, bytes, length);
    }

    @Override
    public void headersSuffice() {
        if (!isAlwaysWhole) {
            ceaseToNeedWhole();
        }
    }

    private void ceaseToNeedWhole() {
        if (needsWhole.getAndSet(false)) {
            socket.ceaseToNeedWhole();
        }
    }

    @Override
    public int localPort() {
        return socket.port();
    }

    @Override
    public boolean hasOwnSocket() {
        return false;
    }

    @Override
    public void close() {
        socket.deliver(client, null);
        ceaseToNeedWhole();
    }
}
