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
import phasebench.harness.load.receive.ChannelEngine;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.harness.load.receive.SharedEngine;

/// CPU per received packet of several ways of receiving, side by side: each round sends to all of them in turn, in an
/// order that changes, and the CPU time of the receiving thread is read around each. A thread of its own sends, evenly
/// over the viewers; the receiver looks at its sockets at the load generator's tick.
public final class ReceiveBench {
    private static final long TICK_NS = 2_000_000;
    private static final long SEND_TICK_NS = 500_000;

    /// What is still under way when the last packet has left.
    private static final int TICKS_AFTER = 10;

    private final BenchSize size;

    /// What one way of receiving cost.
    ///
    /// @param cpuNsPerPacket one value per round that counted
    /// @param packetsMissing sent and not received, in these rounds
    /// @param complaint what the audit says; empty when all is well
    public record Outcome(String name, List<Double> cpuNsPerPacket, long packetsMissing, String complaint) {
        public Outcome {
            cpuNsPerPacket = List.copyOf(cpuNsPerPacket);
        }

        /// The middle value.
        public double median() {
            return middle(cpuNsPerPacket);
        }

        /// The middle of this one's cost over another's, round by round.
        public double ratioTo(Outcome other) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < cpuNsPerPacket.size(); i++) {
                ratios.add(cpuNsPerPacket.get(i) / other.cpuNsPerPacket.get(i));
            }
            return middle(ratios);
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

    /// Measures; the first outcome is plain `DatagramChannel.receive`, the last the load generator's engine. Blocks.
    ///
    /// @throws IOException if this machine lacks what the engine needs, with the reason
    public List<Outcome> measure() throws IOException {
        BenchStream stream = new BenchStream(size.frames());
        List<Seat> seats = new ArrayList<>();
        try {
            seats.add(new Seat(new PlainReceiver(), stream));
            seats.add(new Seat(
                    auditing("a read per datagram, a socket per viewer", new ChannelEngine(), stream), stream));
            SharedEngine shared = SharedEngine.open(SharedEngine.Settings.DEFAULT);
            seats.add(new Seat(auditing(shared.description(), shared, stream), stream));
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
        try (Seat seat = new Seat(auditing(shared.description(), shared, stream), stream)) {
            seat.open();
            return rounds(List.of(seat)).getFirst();
        }
    }

    private AuditingReceiver auditing(String name, ReceiveEngine engine, BenchStream stream) {
        return new AuditingReceiver(name + ", audit, 1 % decrypted", engine, stream, size.frames());
    }

    private List<Outcome> rounds(List<Seat> seats) throws IOException {
        List<Seat> order = new ArrayList<>(seats);
        for (int round = 0; round < size.warmUpRounds() + size.rounds(); round++) {
            boolean isCounted = round >= size.warmUpRounds();
            for (Seat seat : order) {
                double cost = seat.round(isCounted);
                if (isCounted) {
                    seat.costs.add(cost);
                }
            }
            Collections.rotate(order, 1);
        }
        return seats.stream().map(Seat::outcome).toList();
    }

    /// One way of receiving, with the socket that sends to it.
    private final class Seat implements AutoCloseable {
        private final BenchReceiver receiver;
        private final BenchStream stream;
        private final DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
        private final List<InetSocketAddress> viewers = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();
        private volatile boolean isSent;
        private int nextFrame;
        private long packetsMissing;

        Seat(BenchReceiver receiver, BenchStream stream) throws IOException {
            this.receiver = receiver;
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
            return new Outcome(receiver.name(), costs, packetsMissing, receiver.complaint());
        }

        /// @return CPU time per packet, in ns
        double round(boolean isCounted) throws IOException {
            isSent = false;
            CompletableFuture<Void> sending = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("bench-sender").start(() -> {
                try {
                    send();
                    sending.complete(null);
                } catch (IOException | RuntimeException e) {
                    sending.completeExceptionally(e);
                } finally {
                    isSent = true;
                }
            });
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long packets = receive();
            long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            try {
                sending.join();
            } catch (CompletionException e) {
                throw new IOException("cannot send: " + e.getCause(), e);
            }
            packetsMissing += isCounted ? size.packetsPerRound() - packets : 0;
            return (double) cpuNs / Math.max(1, packets);
        }

        private long receive() throws IOException {
            long packets = 0;
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
