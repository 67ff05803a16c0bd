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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// A UDP socket that viewers share: the one of all, with a thread that reads it, or one of several on the
/// same port, each read by the thread that serves its viewers (`select`, `drain`). Any thread may send and
/// wake.
///
/// It is non-blocking: so an interrupt of a sending thread cannot close it
/// (java.nio.channels.InterruptibleChannel).
public final class WebrtcSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebrtcSocket.class.getName());

    /// Wishes; the kernel caps them at net.core.rmem_max and wmem_max.
    private static final int BUFFER_BYTES = 4 << 20;

    private static final int DATAGRAM_BYTES_MAX = 2048;

    /// How many datagrams are read before their reader may do something else.
    private static final int DRAINED_MAX = 256;

    /// How long a media packet waits for room in the socket's buffer before it is dropped.
    private static final int BUSY_WAIT_COUNT = 50;

    private static final long BUSY_WAIT_NS = 200_000;

    /// Any long time: the reader thread has nothing else to do.
    private static final long READER_TIMEOUT_MS = 3_600_000;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final RelayMetrics metrics;

    /// Owned by the thread that reads.
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
        return bind(address, PortSharing.ALONE, metrics);
    }

    /// @throws IOException if the address is taken by a socket that does not share it, or not of this machine
    public static WebrtcSocket bind(InetSocketAddress address, PortSharing sharing, RelayMetrics metrics)
            throws IOException {
        // IPv4 by choice: a dual-stack socket answers from mapped addresses, and one address is told to viewers
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            if (sharing == PortSharing.SHARED) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address).configureBlocking(false);
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new WebrtcSocket(channel, selector, metrics);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Binds several sockets to one address, one for each thread that serves viewers.
    ///
    /// @param address with port 0, all get the same free port
    /// @throws IOException if the address is not of this machine, or taken, be it by sockets that would share
    ///     it: those of another relay would get part of the datagrams
    public static List<WebrtcSocket> bindAll(InetSocketAddress address, int count, RelayMetrics metrics)
            throws IOException {
        var sockets = new ArrayList<WebrtcSocket>();
        try {
            var first = bind(address, PortSharing.ALONE, metrics);
            sockets.add(first);
            first.channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            while (sockets.size() < count) {
                sockets.add(bind(first.address, PortSharing.SHARED, metrics));
            }
            return List.copyOf(sockets);
        } catch (IOException e) {
            for (var socket : sockets) {
                socket.close();
            }
            throw e;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /// For the calls that the JDK does not offer.
    ///
    /// @throws IOException if that cannot be done here, with the reason
    LinuxSockets descriptor() throws IOException {
        return LinuxSockets.of(channel);
    }

    /// Starts a reader thread; it ends when the socket is closed.
    public void startReading(DatagramHandler handler) {
        Thread.ofPlatform().name("webrtc-reader").start(() -> read(handler));
    }

    /// Waits until a datagram is there, `wakeup` is called, or the time is over. For the one thread that
    /// reads.
    ///
    /// @param timeoutMs 0 or less does not wait
    /// @throws ClosedChannelException once the socket is closed
    public void select(long timeoutMs) throws IOException {
        try {
            if (timeoutMs <= 0) {
                selector.selectNow();
            } else {
                selector.select(timeoutMs);
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw closed(e);
        }
    }

    /// Ends the `select` that is going on, or else the next one, at once.
    public void wakeup() {
        selector.wakeup();
    }

    /// Gives the handler what is there, 256 datagrams at most. For the one thread that reads.
    ///
    /// @return how many there were
    /// @throws ClosedChannelException once the socket is closed
    public int drain(DatagramHandler handler) throws IOException {
        int count = 0;
        while (count < DRAINED_MAX && channel.receive(received.clear()) instanceof InetSocketAddress from) {
            int length = received.flip().remaining();
            received.get(datagram, 0, length);
            handle(handler, length, from);
            count++;
        }
        return count;
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

    private void read(DatagramHandler handler) {
        while (channel.isOpen()) {
            try {
                select(READER_TIMEOUT_MS);
                drain(handler);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                // such as a refused connection that an ICMP message tells of: nothing to do with the next datagram
                LOG.log(System.Logger.Level.WARNING, "cannot receive", e);
            }
        }
    }

    private static ClosedChannelException closed(ClosedSelectorException cause) {
        var closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }

    /// One peer's datagram must not end the service of all others, whatever is wrong in the code that reads
    /// it.
    private void handle(DatagramHandler handler, int length, InetSocketAddress from) {
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
