package phasebench.harness.load.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.receive.ChannelEngine;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.harness.load.receive.SharedEngine;
import phasebench.reports.stats.HodgesLehmann;
import phasebench.reports.stats.Interval;

/// CPU per received packet of several ways of receiving, side by side: each round sends to all of them in turn, in an
/// order that changes, and the CPU time of the receiving thread is read around each. A thread of its own sends, evenly
/// over the viewers; the receiver looks at its sockets at the load generator's tick.
public final class ReceiveBench {
    private static final long TICK_NS = 2_000_000;
    private static final long SEND_TICK_NS = 500_000;

    /// What is still under way when the last packet has left.
    private static final int TICKS_AFTER = 10;

    private static final double CONFIDENCE = 0.95;

    /// Which outcome is plain receiving that looks at its sockets at the load generator's tick.
    public static final int POLLED = 0;

    /// Which outcome is plain receiving as one would write it, blocking in a selector.
    public static final int BLOCKING = 1;

    private final BenchSize size;

    /// What one way of receiving cost.
    ///
    /// @param cpuNsPerPacket one value per round that counted
    /// @param sendingNsPerPacket CPU time of the sending thread, to which the kernel charges the way to the
    ///     socket: what the receiver lays on a relay
    /// @param packetsMissing sent and not received, in these rounds
    /// @param complaint what the audit says; empty when all is well
    public record Outcome(
            String name,
            List<Double> cpuNsPerPacket,
            List<Double> sendingNsPerPacket,
            long packetsMissing,
            String complaint) {
        public Outcome {
            cpuNsPerPacket = List.copyOf(cpuNsPerPacket);
            sendingNsPerPacket = List.copyOf(sendingNsPerPacket);
        }

        /// The middle value.
        public double median() {
            return middle(cpuNsPerPacket);
        }

        /// The middle value of the sending thread.
        public double sendingMedian() {
            return middle(sendingNsPerPacket);
        }

        /// This one's cost over another's, round by round: the centre by Hodges and Lehmann of the logarithms, with its
        /// interval; null with too few rounds for that.
        public @Nullable Interval ratioTo(Outcome other) {
            double[] logs = IntStream.range(0, cpuNsPerPacket.size())
                    .mapToDouble(i -> Math.log(cpuNsPerPacket.get(i) / other.cpuNsPerPacket.get(i)))
                    .toArray();
            Interval log = HodgesLehmann.interval(logs, CONFIDENCE);
            return log == null
                    ? null
                    : new Interval(
                            Math.exp(log.estimate()), Math.exp(log.low()), Math.exp(log.high()), log.confidence());
        }

        private static double middle(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int at = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(at) : (sorted.get(at - 1) + sorted.get(at)) / 2;
        }
    }

    public ReceiveBench(BenchSize size) {
        this.size = size;
    }

    /// Measures; the outcomes [#POLLED] and [#BLOCKING] are plain `DatagramChannel.receive`, the last is the load
    /// generator's engine. Blocks.
    ///
    /// @throws IOException if this machine lacks what the engine needs, with the reason
    public List<Outcome> measure() throws IOException {
        BenchStream stream = new BenchStream(size.frames());
        List<Seat> seats = new ArrayList<>();
        try {
            seats.add(new Seat(_ -> new PlainReceiver(false), stream));
            seats.add(new Seat(_ -> new PlainReceiver(true), stream));
            seats.add(new Seat(
                    drive -> auditing("a read per datagram, a socket per viewer", new ChannelEngine(), stream, drive),
                    stream));
            SharedEngine shared = SharedEngine.open(SharedEngine.Settings.DEFAULT);
            seats.add(new Seat(drive -> auditing(shared.description(), shared, stream, drive), stream));
            for (Seat seat : seats) {
                seat.open();
            }
            return rounds(seats);
        } finally {
            for (Seat seat : seats) {
                seat.close();
            }
        }
    }

    /// Measures the load generator's engine alone. Blocks.
    ///
    /// @throws IOException if this machine lacks what the engine needs, with the reason
    public Outcome measureEngine() throws IOException {
        BenchStream stream = new BenchStream(size.frames());
        SharedEngine shared = SharedEngine.open(SharedEngine.Settings.DEFAULT);
        try (Seat seat = new Seat(drive -> auditing(shared.description(), shared, stream, drive), stream)) {
            seat.open();
            return rounds(List.of(seat)).getFirst();
        }
    }

    private AuditingReceiver auditing(String name, ReceiveEngine engine, BenchStream stream, BenchDrive drive) {
        return new AuditingReceiver(name + ", audit, 1 % decrypted", engine, stream, drive, size.frames());
    }

    private List<Outcome> rounds(List<Seat> seats) throws IOException {
        List<Seat> order = new ArrayList<>(seats);
        for (int round = 0; round < size.warmUpRounds() + size.rounds(); round++) {
            boolean isCounted = round >= size.warmUpRounds();
            for (Seat seat : order) {
                seat.round(isCounted);
            }
            Collections.rotate(order, 1);
        }
        return seats.stream().map(Seat::outcome).toList();
    }

    /// Makes a receiver of packets that leave by a drive.
    private interface ReceiverOf {
        BenchReceiver by(BenchDrive drive) throws IOException;
    }

    /// One way of receiving, with the socket that sends to it.
    private final class Seat implements AutoCloseable {
        private final BenchReceiver receiver;
        private final BenchStream stream;
        private final DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
        private final List<InetSocketAddress> viewers = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();
        private final List<Double> sendingCosts = new ArrayList<>();
        private final BenchDrive drive = new BenchDrive(size.frames());
        private volatile boolean isSent;
        private int nextFrame;
        private long packetsMissing;

        Seat(ReceiverOf receivers, BenchStream stream) throws IOException {
            this.receiver = receivers.by(drive);
            this.stream = stream;
            sender.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        }

        /// Opens all viewers and learns their addresses from what they send.
        void open() throws IOException {
            InetSocketAddress address = (InetSocketAddress) sender.getLocalAddress();
            ByteBuffer hello = ByteBuffer.allocate(16);
            for (int viewer = 0; viewer < size.viewers(); viewer++) {
                receiver.open(viewer, address);
                viewers.add((InetSocketAddress) sender.receive(hello.clear()));
            }
        }

        Outcome outcome() {
            return new Outcome(receiver.name(), costs, sendingCosts, packetsMissing, receiver.complaint());
        }

        void round(boolean isCounted) throws IOException {
            isSent = false;
            CompletableFuture<Long> sending = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("bench-sender").start(() -> {
                try {
                    send();
                    sending.complete(cpuNs());
                } catch (IOException | RuntimeException e) {
                    sending.completeExceptionally(e);
                } finally {
                    isSent = true;
                }
            });
            long before = cpuNs();
            long packets = receive();
            long receivingNs = cpuNs() - before;
            try {
                long sendingNs = sending.join();
                if (isCounted) {
                    costs.add((double) receivingNs / Math.max(1, packets));
                    sendingCosts.add((double) sendingNs / size.packetsPerRound());
                    packetsMissing += size.packetsPerRound() - packets;
                }
            } catch (CompletionException e) {
                throw new IOException("cannot send: " + e.getCause(), e);
            }
        }

        private static long cpuNs() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private long receive() throws IOException {
            long packets = 0;
            while (receiver.isBlocking() && !isSent) {
                packets += receiver.drain();
            }
            long nextTickNs = System.nanoTime();
            for (int ticksAfter = 0; ticksAfter < TICKS_AFTER; ticksAfter += isSent ? 1 : 0) {
                packets += receiver.drain();
                nextTickNs = Math.max(nextTickNs + TICK_NS, System.nanoTime() - TICK_NS);
                for (long rest = nextTickNs - System.nanoTime(); rest > 0; rest = nextTickNs - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
            }
            return packets;
        }

        /// Sends one round's frames: within each frame period, to one viewer after the other.
        private void send() throws IOException {
            ByteBuffer packet = ByteBuffer.allocateDirect(2048);
            long periodNs = 1_000_000_000L / BenchSize.FRAMES_PER_SECOND;
            long beginNs = System.nanoTime();
            for (int i = 0; i < size.framesPerRound(); i++, nextFrame++) {
                drive.release(nextFrame, beginNs + i * periodNs);
                for (int viewer = 0; viewer < viewers.size(); viewer++) {
                    long dueNs = beginNs + i * periodNs + periodNs * viewer / viewers.size();
                    for (long rest = dueNs - System.nanoTime(); rest > SEND_TICK_NS; rest = dueNs - System.nanoTime()) {
                        LockSupport.parkNanos(rest);
                    }
                    for (int p = 0; p < BenchSize.PACKETS_PER_FRAME; p++) {
                        packet.clear()
                                .put(stream.packet(nextFrame * BenchSize.PACKETS_PER_FRAME + p))
                                .flip();
                        sender.send(packet, viewers.get(viewer));
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            receiver.close();
            sender.close();
        }
    }
}
