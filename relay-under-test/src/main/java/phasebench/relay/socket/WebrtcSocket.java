package phasebench.relay.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// The UDP socket that all viewers share, with one platform thread that reads it. Any thread may send.
///
/// It is non-blocking: so an interrupt of a sending thread cannot close it (java.nio.channels.InterruptibleChannel).
public final class WebrtcSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebrtcSocket.class.getName());

    /// Wishes; the kernel caps them at net.core.rmem_max and wmem_max.
    private static final int BUFFER_BYTES = 4 << 20;

    private static final int DATAGRAM_BYTES_MAX = 2048;

    /// Then others have their turn.
    private static final int DRAIN_COUNT_MAX = 256;

    /// How long a media packet waits for room in the socket's buffer before it is dropped.
    private static final int BUSY_WAIT_COUNT = 50;

    private static final long BUSY_WAIT_NS = 200_000;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final RelayMetrics metrics;

    /// These two belong to the thread that reads.
    private final ByteBuffer received = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);

    private final byte[] datagram = new byte[DATAGRAM_BYTES_MAX];

    private WebrtcSocket(DatagramChannel channel, Selector selector, RelayMetrics metrics) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.metrics = metrics;
    }

    /// @throws IOException if the address is taken, or not of this machine
    public static WebrtcSocket bind(InetSocketAddress address, RelayMetrics metrics) throws IOException {
        // IPv4 by choice: a dual-stack socket answers from mapped addresses, and one address is told to viewers
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(address).configureBlocking(false);
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new WebrtcSocket(channel, selector, metrics);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Starts the reader thread; it ends when the socket is closed.
    public void startReading(DatagramHandler handler) {
        Thread.ofPlatform().name("webrtc-reader").start(() -> read(handler));
    }

    /// Sends control traffic: at once or, when the socket's buffer is full, not at all.
    ///
    /// @return whether the kernel took it
    public boolean sendNow(ByteBuffer packet, InetSocketAddress to) {
        return send(packet, to, 0);
    }

    /// Sends media: waits a little, some ms at most, when the socket's buffer is full.
    ///
    /// @return whether the kernel took it
    boolean sendPatiently(ByteBuffer packet, InetSocketAddress to) {
        return send(packet, to, BUSY_WAIT_COUNT);
    }

    /// Waits for room in the socket's buffer.
    ///
    /// @param attempt 0 for the first wait of a packet
    /// @return false when it has waited long enough
    boolean waitForRoom(int attempt, int attemptsMax) {
        metrics.increment(RelayCounter.SEND_BUSY);
        if (attempt >= attemptsMax) {
            return false;
        }
        LockSupport.parkNanos(BUSY_WAIT_NS);
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }

    private boolean send(ByteBuffer packet, InetSocketAddress to, int attemptsMax) {
        try {
            for (int attempt = 0; ; attempt++) {
                metrics.increment(RelayCounter.SEND_CALLS);
                if (channel.send(packet, to) > 0) {
                    metrics.increment(RelayCounter.SEND_DATAGRAMS);
                    return true;
                }
                if (!waitForRoom(attempt, attemptsMax)) {
                    metrics.increment(RelayCounter.DROP_SOCKET_BUSY);
                    return false;
                }
            }
        } catch (IOException _) {
            metrics.increment(RelayCounter.DROP_SEND_ERROR);
            return false;
        }
    }

    /// Waits until there is something to read, the time is up, or `wakeup` was called. One thread.
    ///
    /// @param timeoutMs 0 for no waiting
    public void select(long timeoutMs) throws IOException {
        if (timeoutMs > 0) {
            selector.select(timeoutMs);
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
    }

    /// Ends the wait of `select`, the current or the next one. Any thread.
    public void wakeup() {
        selector.wakeup();
    }

    /// Hands all that can be read to the handler. The thread that selects.
    public void drain(DatagramHandler handler) throws IOException {
        for (int i = 0; i < DRAIN_COUNT_MAX; i++) {
            if (!(channel.receive(received.clear()) instanceof InetSocketAddress from)) {
                return;
            }
            int length = received.flip().remaining();
            received.get(datagram, 0, length);
            handle(handler, datagram, length, from);
        }
    }

    private void read(DatagramHandler handler) {
        while (channel.isOpen()) {
            try {
                select(Integer.MAX_VALUE);
                drain(handler);
            } catch (ClosedChannelException | ClosedSelectorException _) {
                return;
            } catch (IOException e) {
                // such as a refused connection that an ICMP message tells of: nothing to do with the next datagram
                LOG.log(System.Logger.Level.WARNING, "cannot receive", e);
            }
        }
    }

    /// One peer's datagram must not end the service of all others, whatever is wrong in the code that reads it.
    private void handle(DatagramHandler handler, byte[] datagram, int length, InetSocketAddress from) {
        try {
            handler.datagram(datagram, length, from);
        } catch (RuntimeException e) {
            metrics.increment(RelayCounter.DROP_INTERNAL_ERROR);
            if (Long.bitCount(metrics.value(RelayCounter.DROP_INTERNAL_ERROR)) == 1) {
                LOG.log(System.Logger.Level.ERROR, "a datagram could not be handled", e);
            }
        }
    }
}
