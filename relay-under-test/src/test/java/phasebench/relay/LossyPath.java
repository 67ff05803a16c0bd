package phasebench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The way between one viewer and the relay, on which some of the media get lost, and feedback as well. It remembers
/// every RTP packet as the relay sent it first. STUN and DTLS pass.
final class LossyPath implements AutoCloseable {
    /// One RTP packet of the relay's. Times by System.nanoTime.
    private static final class Sent {
        private final byte[] datagram;
        private long lostNs = -1;
        private long recoveredNs = -1;
        private int retransmissions;
        private int alteredRetransmissions;

        Sent(byte[] datagram) {
            this.datagram = datagram;
        }
    }

    private final Random random;
    private final DatagramSocket viewerSide;
    private final DatagramSocket relaySide;
    private final Map<Long, Sent> sentByIndex = new LinkedHashMap<>();
    private double lossRatio;
    private volatile @Nullable SocketAddress viewer;

    /// Without loss until `lose`.
    LossyPath(long seed) {
        random = new Random(seed);
        viewerSide = open();
        relaySide = open();
    }

    /// Begins to pass datagrams on; returns where the viewer is to send to.
    InetSocketAddress towards(InetSocketAddress relay) {
        forward(viewerSide, packet -> {
            viewer = packet.getSocketAddress();
            if (!isMedia(packet) || !isLost()) {
                packet.setSocketAddress(relay);
                relaySide.send(packet);
            }
        });
        forward(relaySide, packet -> {
            if (passes(packet)) {
                packet.setSocketAddress(viewer);
                viewerSide.send(packet);
            }
        });
        return (InetSocketAddress) viewerSide.getLocalSocketAddress();
    }

    /// From now on.
    ///
    /// @param ratio of the media's and the feedback's datagrams, each by itself, again when it is sent again
    synchronized void lose(double ratio) {
        lossRatio = ratio;
    }

    synchronized int sentCount() {
        return sentByIndex.size();
    }

    /// Packets that did not come through the first time.
    synchronized int lostCount() {
        return lost().size();
    }

    /// Of those, how many came through so soon after they were lost.
    synchronized int recoveredCount(Duration within) {
        return (int) lost().stream()
                .filter(packet -> packet.recoveredNs >= 0 && packet.recoveredNs - packet.lostNs <= within.toNanos())
                .count();
    }

    /// Packets that the relay sent again, each time counted.
    synchronized int retransmissionCount() {
        return all().stream().mapToInt(packet -> packet.retransmissions).sum();
    }

    /// Of those, how many were not bit for bit what was sent first.
    synchronized int alteredRetransmissionCount() {
        return all().stream().mapToInt(packet -> packet.alteredRetransmissions).sum();
    }

    private Collection<Sent> all() {
        return sentByIndex.values();
    }

    private List<Sent> lost() {
        return all().stream().filter(packet -> packet.lostNs >= 0).toList();
    }

    private synchronized boolean isLost() {
        return random.nextDouble() < lossRatio;
    }

    private synchronized boolean passes(DatagramPacket packet) {
        if (!isMedia(packet)) {
            return true;
        }
        boolean passes = !isLost();
        byte[] data = packet.getData();
        int type = data[1] & 0xff;
        if (type >= 192 && type <= 223) {
            return passes;
        }
        var datagram = Arrays.copyOf(data, packet.getLength());
        long ssrc = (data[8] & 0xffL) << 24 | (data[9] & 0xff) << 16 | (data[10] & 0xff) << 8 | (data[11] & 0xff);
        int sequence = (data[2] & 0xff) << 8 | (data[3] & 0xff);
        var sent = new Sent(datagram);
        var first = sentByIndex.putIfAbsent(ssrc << 16 | sequence, sent);
        if (first == null) {
            sent.lostNs = passes ? -1 : System.nanoTime();
            return passes;
        }
        first.retransmissions++;
        first.alteredRetransmissions += Arrays.equals(first.datagram, datagram) ? 0 : 1;
        if (passes && first.lostNs >= 0 && first.recoveredNs < 0) {
            first.recoveredNs = System.nanoTime();
        }
        return passes;
    }

    /// RFC 7983, section 7.
    private static boolean isMedia(DatagramPacket packet) {
        int first = packet.getData()[0] & 0xff;
        return packet.getLength() >= 12 && first >= 128 && first <= 191;
    }

    @FunctionalInterface
    private interface Handler {
        void take(DatagramPacket packet) throws IOException;
    }

    private static void forward(DatagramSocket from, Handler handler) {
        Thread.ofPlatform().daemon().name("lossy-path").start(() -> {
            var packet = new DatagramPacket(new byte[2048], 2048);
            while (!from.isClosed()) {
                try {
                    packet.setLength(2048);
                    from.receive(packet);
                    handler.take(packet);
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private static DatagramSocket open() {
        try {
            var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setReceiveBufferSize(4 << 20);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        viewerSide.close();
        relaySide.close();
    }
}
