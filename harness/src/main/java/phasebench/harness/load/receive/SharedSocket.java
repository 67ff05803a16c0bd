package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One UDP socket that is many clients of a relay, each with an address of its own in 127.1.0.0 and above. It takes
/// datagrams from the loopback device only.
final class SharedSocket {
    static final int NOBODY = -1;

    /// Addresses of clients count up from here, in each socket.
    private static final int FIRST_IP = 0x7f01_0001;

    private static final int CLIENTS_MAX = 0x7fff_fffe - FIRST_IP;
    private static final byte[] LOOPBACK = "lo\0".getBytes(StandardCharsets.US_ASCII);

    /// Where the count of drops stands among the numbers of SO_MEMINFO (linux/sock_diag.h, SK_MEMINFO_DROPS).
    private static final int MEMORY_INFO_DROPS = 8;

    private static final int MEMORY_INFO_NUMBERS = 9;

    private final NativeSockets calls;
    private final int descriptor;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemorySegment sending = Arena.ofAuto().allocate(256 + DatagramSink.DATAGRAM_BYTES_MAX, 64);
    private final SocketMemory.Parts sendingParts =
            new SocketMemory.Parts(0, 64, 96, 128, SocketMemory.PACKET_INFO_BYTES);
    private volatile Clients clients = new Clients(new DatagramSink[16], new long[16]);
    private final AtomicInteger needingWhole = new AtomicInteger();
    private int count;
    private volatile boolean isUsed;
    private boolean isClosed;

    /// By index; in arrays, so that finding a client touches no memory of its own. Addresses are not given out again: a
    /// relay may still know the client that had one.
    private static final class Clients {
        final @Nullable DatagramSink[] sinks;
        final long[] relayKeys;

        Clients(@Nullable DatagramSink[] sinks, long[] relayKeys) {
            this.sinks = sinks;
            this.relayKeys = relayKeys;
        }

        Clients withRoomFor(int index) {
            return index < sinks.length
                    ? this
                    : new Clients(Arrays.copyOf(sinks, 2 * index), Arrays.copyOf(relayKeys, 2 * index));
        }
    }

    private SharedSocket(NativeSockets calls, int descriptor, int port) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.port = port;
    }

    /// Opens a socket.
    ///
    /// @param isGro whether the kernel may hand over several datagrams as one (UDP_GRO, udp(7))
    static SharedSocket open(ReceiveEngine.Media media, int bufferBytes, boolean isGro) throws IOException {
        NativeSockets calls = NativeSockets.linked();
        int descriptor = calls.open();
        try {
            setBuffer(calls, descriptor, bufferBytes);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocate(LOOPBACK.length);
                SocketMemory.copy(LOOPBACK, LOOPBACK.length, name, 0);
                calls.option(descriptor, NativeSockets.SOL_SOCKET, NativeSockets.SO_BINDTODEVICE, name);
            }
            calls.option(descriptor, NativeSockets.IPPROTO_IP, NativeSockets.IP_PKTINFO, 1);
            if (isGro) {
                calls.option(descriptor, NativeSockets.SOL_UDP, NativeSockets.UDP_GRO, 1);
            }
            if (media == ReceiveEngine.Media.COUNTED) {
                MediaFilter.attach(calls, descriptor);
            }
            return new SharedSocket(calls, descriptor, calls.bindAnywhere(descriptor));
        } catch (IOException e) {
            calls.close(descriptor);
            throw e;
        }
    }

    /// Beyond net.core.rmem_max only the administrator may go.
    private static void setBuffer(NativeSockets calls, int descriptor, int bytes) throws IOException {
        try {
            calls.option(descriptor, NativeSockets.SOL_SOCKET, NativeSockets.SO_RCVBUFFORCE, bytes);
        } catch (IOException _) {
            calls.option(descriptor, NativeSockets.SOL_SOCKET, NativeSockets.SO_RCVBUF, bytes);
        }
    }

    int port() {
        return port;
    }

    int descriptor() {
        return descriptor;
    }

    /// What the kernel grants for datagrams and its own notes about them.
    int bufferBytes() throws IOException {
        lock.lock();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            calls.read(descriptor, NativeSockets.SOL_SOCKET, NativeSockets.SO_RCVBUF, value);
            return value.get(JAVA_INT, 0);
        } finally {
            lock.unlock();
        }
    }

    /// Datagrams dropped so far, by the filter or because the socket was full. Wraps at 2^32.
    long drops() throws IOException {
        lock.lock();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, MEMORY_INFO_NUMBERS);
            calls.read(descriptor, NativeSockets.SOL_SOCKET, NativeSockets.SO_MEMINFO, numbers);
            return Integer.toUnsignedLong(numbers.getAtIndex(JAVA_INT, MEMORY_INFO_DROPS));
        } finally {
            lock.unlock();
        }
    }

    /// Another client.
    SharedPath addClient(long relayKey, boolean isAlwaysWhole) throws IOException {
        lock.lock();
        try {
            if (count == CLIENTS_MAX) {
                throw new IOException("a socket has no addresses left for more viewers");
            }
            Clients grown = clients.withRoomFor(count);
            grown.relayKeys[count] = relayKey;
            clients = grown;
            needingWhole.incrementAndGet();
            isUsed = true;
            return new SharedPath(this, count++, relayKey, isAlwaysWhole);
        } finally {
            lock.unlock();
        }
    }

    /// Sets who takes what comes to a client.
    void deliver(int client, @Nullable DatagramSink sink) {
        lock.lock();
        try {
            Clients all = clients;
            all.sinks[client] = sink;
            clients = all; // publishes the element
        } finally {
            lock.unlock();
        }
    }

    /// Whether it ever had a client: without one nothing can come that is anybody's.
    boolean isUsed() {
        return isUsed;
    }

    /// Whether some client wants more of its datagrams than their headers.
    boolean isWholeNeeded() {
        return needingWhole.get() > 0;
    }

    void ceaseToNeedWhole() {
        needingWhole.decrementAndGet();
    }

    /// Whose a datagram is, or [#NOBODY].
    ///
    /// @param ip where it was sent to
    /// @param senderKey where it came from
    int client(int ip, long senderKey) {
        Clients all = clients;
        int client = ip - FIRST_IP;
        return client >= 0 && client < all.sinks.length && all.relayKeys[client] == senderKey ? client : NOBODY;
    }

    /// Who takes what comes to a client, or null if none does.
    @Nullable
    DatagramSink sink(int client) {
        return client == NOBODY ? null : clients.sinks[client];
    }

    void send(int client, long relayKey, byte[] bytes, int length) throws IOException {
        lock.lock();
        try {
            if (isClosed) {
                throw new IOException("socket is closed");
            }
            SocketMemory.copy(bytes, length, sending, 256);
            SocketMemory.writeHeader(sending, sendingParts, 256, length);
            SocketMemory.writePacketInfo(sending, sendingParts.control(), FIRST_IP + client);
            sending.set(JAVA_LONG, sendingParts.name(), relayKey);
            sending.set(JAVA_LONG, sendingParts.name() + 8, 0);
            calls.send(descriptor, sending);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                calls.close(descriptor);
            }
        } finally {
            lock.unlock();
        }
    }
}
