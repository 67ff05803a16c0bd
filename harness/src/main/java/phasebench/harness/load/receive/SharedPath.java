package phasebench.harness.load.receive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A viewer that shares its socket with others and has an address of its own.
final class SharedPath implements ViewerPath {
    private final SharedSocket socket;
    private final int ip;
    private final long relayKey;
    private volatile @Nullable DatagramSink sink;

    /// @param relayKey the relay's address as [SocketMemory#addressKey] writes it
    SharedPath(SharedSocket socket, int ip, long relayKey) {
        this.socket = socket;
        this.ip = ip;
        this.relayKey = relayKey;
    }

    long relayKey() {
        return relayKey;
    }

    int ip() {
        return ip;
    }

    @Nullable
    DatagramSink sink() {
        return sink;
    }

    @Override
    public void deliverTo(DatagramSink taking) {
        sink = taking;
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        socket.send(this, bytes, length);
    }

    @Override
    public int localPort() {
        return socket.port();
    }

    @Override
    public void close() {
        sink = null;
        socket.forget(this);
    }
}
