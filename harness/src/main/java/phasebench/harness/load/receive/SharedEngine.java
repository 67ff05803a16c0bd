package phasebench.harness.load.receive;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Few sockets with many viewers behind each, drained by recvmmsg(2). For relays at IPv4 loopback addresses of a Linux
/// machine.
public final class SharedEngine implements ReceiveEngine {
    /// Datagrams that all sockets together should hold: at 60,000 a second, what comes while the receiving thread does
    /// not run for half a second.
    private static final int DATAGRAMS_HELD = 32_768;

    /// What a media packet of 1200 bytes takes of a socket's buffer: 2 KiB of data and the kernel's `struct sk_buff`.
    private static final int DATAGRAM_BUFFER_BYTES = 2_304;

    /// What comes in one tick of the receiving thread at 60,000 a second, and some more.
    private static final int MESSAGES_PER_CALL = 128;

    private static final int GRO_MESSAGES_PER_CALL = 16;

    /// A message of UDP_GRO is as long as a datagram can be.
    private static final int GRO_BYTES_MAX = 65_536;

    /// Calls for one socket before the next has its turn.
    private static final int CALLS_PER_TURN_MAX = 64;

    private final NativeSockets calls;
    private final Settings settings;
    private final ReceiveSlab whole;
    private final ReceiveSlab headers = new ReceiveSlab(MESSAGES_PER_CALL, DatagramSink.HEADER_BYTES, false);
    private final List<SharedSocket> taking = new ArrayList<>();
    private final List<SharedSocket> takingHeaders = new ArrayList<>();
    private final List<SharedSocket> counting = new ArrayList<>();
    private int nextTaking;
    private int nextTakingHeaders;
    private int nextCounting;

    /// How it is built.
    ///
    /// @param socketsMin sockets for media that is taken, for whole packets and for headers
    /// each; more where the kernel grants little memory to a socket
    /// @param socketsCounting sockets for media that is counted
    /// @param bufferBytes receive buffer that is asked for
    /// @param isGro whether datagrams that were sent as one (UDP_SEGMENT) are taken as one. It spares this side
    /// work, and the relay too, in whose system call the kernel would cut them up
    public record Settings(int socketsMin, int socketsMax, int socketsCounting, int bufferBytes, boolean isGro) {
        /// Without GRO: a relay whose sends were cheaper only because this receiver shares its kernel would be
        /// measured too cheap, in one variant and not in the other.
        public static final Settings DEFAULT =
                new Settings(1, 64, 2, DATAGRAMS_HELD * DATAGRAM_BUFFER_BYTES / 2, false);

        public Settings withGro() {
            return new Settings(socketsMin, socketsMax, socketsCounting, bufferBytes, true);
        }
    }

    private SharedEngine(NativeSockets calls, Settings settings) {
        this.calls = calls;
        this.settings = settings;
        this.whole = settings.isGro
                ? new ReceiveSlab(GRO_MESSAGES_PER_CALL, GRO_BYTES_MAX, true)
                : new ReceiveSlab(MESSAGES_PER_CALL, DatagramSink.DATAGRAM_BYTES_MAX, false);
    }

    /// Opens the sockets.
    ///
    /// @throws IOException if this machine cannot do it, with the reason
    public static SharedEngine open(Settings settings) throws IOException {
        SharedEngine engine = new SharedEngine(NativeSockets.linked(), settings);
        try {
            engine.openAll();
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    private void openAll() throws IOException {
        openFor(Media.WHOLE, taking);
        openFor(Media.HEADERS, takingHeaders);
        while (counting.size() < settings.socketsCounting) {
            counting.add(SharedSocket.open(Media.COUNTED, settings.bufferBytes, false));
        }
    }

    private void openFor(Media media, List<SharedSocket> sockets) throws IOException {
        int count = settings.socketsMin;
        while (sockets.size() < count) {
            SharedSocket socket = SharedSocket.open(media, settings.bufferBytes, settings.isGro);
            sockets.add(socket);
            int held = Math.max(1, socket.bufferBytes() / DATAGRAM_BUFFER_BYTES);
            count = Math.clamp(Math.ceilDiv(DATAGRAMS_HELD, held), settings.socketsMin, settings.socketsMax);
        }
    }

    /// Whether viewers of a relay can be served: only loopback has addresses for all of them.
    public static boolean isFor(InetSocketAddress relay) {
        return relay.getAddress() instanceof Inet4Address address && address.isLoopbackAddress();
    }

    @Override
    public synchronized ViewerPath open(InetSocketAddress relay, Media media) throws IOException {
        if (!isFor(relay)) {
            throw new IOException("viewers that share sockets need a relay at an IPv4 loopback address: " + relay);
        }
        long key = SocketMemory.addressKey(SocketMemory.ip(relay.getAddress().getAddress()), relay.getPort());
        return switch (media) {
            case WHOLE -> taking.get(nextTaking++ % taking.size()).addClient(key, true);
            case HEADERS ->
                takingHeaders.get(nextTakingHeaders++ % takingHeaders.size()).addClient(key, false);
            case COUNTED -> counting.get(nextCounting++ % counting.size()).addClient(key, true);
        };
    }

    @Override
    public int drain() {
        int mediaCount = 0;
        for (SharedSocket socket : taking) {
            mediaCount += drain(socket, whole);
        }
        for (SharedSocket socket : takingHeaders) {
            boolean isWhole = settings.isGro || socket.isWholeNeeded();
            mediaCount += drain(socket, isWhole ? whole : headers);
        }
        for (SharedSocket socket : counting) {
            drain(socket, whole);
        }
        return mediaCount;
    }

    private int drain(SharedSocket socket, ReceiveSlab slab) {
        if (!socket.isUsed()) {
            return 0;
        }
        long mediaCount = 0;
        try {
            for (int call = 0; call < CALLS_PER_TURN_MAX; call++) {
                long taken = slab.take(calls, socket);
                mediaCount += taken >>> 32;
                if ((int) taken < slab.messageCount()) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a socket of the load generator failed", e);
        }
        return (int) mediaCount;
    }

    @Override
    public Set<Integer> localPorts() {
        Set<Integer> ports = new HashSet<>();
        taking.forEach(socket -> ports.add(socket.port()));
        takingHeaders.forEach(socket -> ports.add(socket.port()));
        return ports;
    }

    /// Each socket's count wraps at 2^32: good for two days at 25,000 packets a second.
    @Override
    public long packetsCounted() throws IOException {
        return drops(counting);
    }

    private static long drops(List<SharedSocket> sockets) throws IOException {
        long drops = 0;
        for (SharedSocket socket : sockets) {
            drops += socket.drops();
        }
        return drops;
    }

    @Override
    public long overflowDatagrams() throws IOException {
        return drops(taking) + drops(takingHeaders);
    }

    /// Datagrams that were nobody's; belongs to the receiving thread.
    long strays() {
        return whole.strays() + headers.strays();
    }

    @Override
    public String description() {
        return "%d shared sockets, recvmmsg of %d%s"
                .formatted(taking.size() + takingHeaders.size(), whole.messageCount(), settings.isGro ? ", GRO" : "");
    }

    @Override
    public void close() {
        taking.forEach(SharedSocket::close);
        takingHeaders.forEach(SharedSocket::close);
        counting.forEach(SharedSocket::close);
    }
}
