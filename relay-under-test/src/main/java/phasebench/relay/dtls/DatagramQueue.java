package phasebench.relay.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// What Bouncy Castle takes for a socket: datagrams that others put in, and a consumer of those that go
/// out.
///
/// It serves one handshake; `left` is what came behind it.
final class DatagramQueue implements DatagramTransport {
    /// An Ethernet frame's worth.
    private static final int RECEIVE_BYTES_MAX = 1500;

    private static final int SEND_BYTES_MAX = 1200;

    /// A flight of a handshake has fewer datagrams, even when each carries one fragment of 250 bytes.
    private static final int CAPACITY = 32;

    private final ArrayBlockingQueue<byte[]> datagrams = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<ByteBuffer> send;
    private final @Nullable CertificateVerifyGate gate;
    private final SentRecords sent = new SentRecords();
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

    /// What the handshake has sent; for its thread.
    SentRecords sent() {
        return sent;
    }

    /// Datagrams that the handshake did not take.
    List<byte[]> left() {
        List<byte[]> left = new ArrayList<>();
        datagrams.drainTo(left);
        return left;
    }

    /// Wakes a waiting `receive`, which then fails.
    void abort() {
        isAborted = true;
        boolean _ = datagrams.offer(new byte[0]);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = await(waitMillis);
        if (isAborted) {
            throw new IOException("the session was closed during the handshake");
        }
        if (datagram == null) {
            return -1;
        }
        int admittedBytes = gate == null ? datagram.length : gate.admittedBytes(datagram);
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
        sent.sent(buffer, offset, length);
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
