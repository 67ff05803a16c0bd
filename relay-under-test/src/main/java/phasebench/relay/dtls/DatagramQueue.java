package phasebench.relay.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// What Bouncy Castle takes for a socket: datagrams that others put in, and a consumer of those that go
/// out.
///
/// During the handshake `receive` waits; afterwards it only ever takes what is there.
final class DatagramQueue implements DatagramTransport {
    /// An Ethernet frame's worth.
    private static final int RECEIVE_BYTES_MAX = 1500;

    private static final int SEND_BYTES_MAX = 1200;

    /// A flight of a handshake has fewer datagrams, even when each carries one fragment of 250 bytes.
    private static final int CAPACITY = 32;

    private final ArrayBlockingQueue<byte[]> datagrams = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<ByteBuffer> send;
    private final @Nullable CertificateVerifyGate gate;
    private volatile boolean isHandshaking = true;
    private volatile boolean isAborted;

    /// @param gate what a server's handshake needs, otherwise null
    DatagramQueue(Consumer<ByteBuffer> send, @Nullable CertificateVerifyGate gate) {
        this.send = send;
        this.gate = gate;
    }

    /// Copies a datagram in; false if it is too long or the queue is full.
    boolean offer(byte[] datagram, int length) {
        return length <= RECEIVE_BYTES_MAX && datagrams.offer(Arrays.copyOf(datagram, length));
    }

    void handshakeEnded() {
        isHandshaking = false;
    }

    /// Wakes a waiting `receive`, which then fails.
    void abort() {
        isAborted = true;
        boolean _ = datagrams.offer(new byte[0]);
    }

    /// @throws InterruptedIOException after the handshake, when nothing is left: the one exception that
    ///     passes through Bouncy Castle without failing the session
    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = isHandshaking ? await(waitMillis) : datagrams.poll();
        if (isAborted) {
            throw new IOException("the session was closed during the handshake");
        }
        if (datagram == null) {
            if (!isHandshaking) {
                throw new InterruptedIOException("no datagram left");
            }
            return -1;
        }
        int admittedBytes = isHandshaking && gate != null ? gate.admittedBytes(datagram) : datagram.length;
        int receivedBytes = Math.min(length, admittedBytes);
        System.arraycopy(datagram, 0, buffer, offset, receivedBytes);
        return receivedBytes;
    }

    private byte @Nullable [] await(int waitMillis) throws InterruptedIOException {
        try {
            return datagrams.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted during the DTLS handshake").initCause(e);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        send.accept(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
        return SEND_BYTES_MAX;
    }

    @Override
    public void close() {}
}
