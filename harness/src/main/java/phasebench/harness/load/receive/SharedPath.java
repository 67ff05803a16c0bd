package phasebench.harness.load.receive;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A viewer that shares its socket with others and has an address of its own.
final class SharedPath implements ViewerPath {
    private final SharedSocket socket;
    private final int ip;
    private final long relayKey;
    private final AtomicBoolean needsWhole = new AtomicBoolean(true);
    private final boolean isAlwaysWhole;
    private volatile @Nullable DatagramSink sink;

    /// @param relayKey the relay's address as [SocketMemory#addressKey] writes it
    /// @param isAlwaysWhole whether headers never suffice
    SharedPath(SharedSocket socket, int ip, long relayKey, boolean isAlwaysWhole) {
        this.socket = socket;
        this.ip = ip;
        this.relayKey = relayKey;
        this.isAlwaysWhole = isAlwaysWhole;
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
    public void close() {
        sink = null;
        ceaseToNeedWhole();
        socket.forget(this);
    }
}
