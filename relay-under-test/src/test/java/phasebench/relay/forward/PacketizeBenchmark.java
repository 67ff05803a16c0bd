package phasebench.relay.forward;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.stream.BenchmarkUnits;
import phasebench.relay.stream.MediaUnit;

/// From a frame to its packets before protection, for one viewer: phase `no-copy`.
/// `scripts/phasebench micro --phase no-copy`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BenchmarkUnits.PACKETS_PER_FRAME)
public class PacketizeBenchmark {
    private static final TrackPlan PLAN = new TrackPlan(0, BenchmarkUnits.FORMAT, 96, 0x1234_5678L, true);

    private final BufferPool buffers = BufferPool.allocating();
    private final Consumer consumer = new Consumer();
    private final RandomGenerator random = () -> 0;
    private final Packetizer packetizer = Packetizer.of(BenchmarkUnits.FORMAT, Packetizer.PAYLOAD_BYTES_MAX);
    private final MediaUnit plainFrame = BenchmarkUnits.frames(1, null).getFirst();
    private final MediaUnit sharedFrame = BenchmarkUnits.frames(1, buffers).getFirst();
    private final OutboundTrack cutting = new RepacketizingTrack(PLAN, random, buffers, consumer);
    private final OutboundTrack sharing = new SharingTrack(PLAN, random, consumer);

    /// `copies: per-viewer`.
    @Benchmark
    public void perViewer(Blackhole blackhole) {
        consumer.blackhole = blackhole;
        cutting.forward(plainFrame);
    }

    /// `copies: shared`, all but what the stream does once for all viewers.
    @Benchmark
    public void shared(Blackhole blackhole) {
        consumer.blackhole = blackhole;
        sharing.forward(sharedFrame);
    }

    /// What the stream does once for all viewers: to be divided by their number.
    @Benchmark
    public int oncePerStream() {
        return BenchmarkUnits.share(packetizer, plainFrame, buffers);
    }

    /// Takes what would be protected.
    private static final class Consumer implements OutboundTrack.PacketSink {
        private @Nullable Blackhole blackhole;

        @Override
        public void rtp(OutboundTrack track, PlainPacket packet, int sequence) {
            consume(packet);
        }

        @Override
        public void retransmission(PlainPacket packet) {
            consume(packet);
        }

        private void consume(PlainPacket packet) {
            if (blackhole != null) {
                blackhole.consume(packet.header().heapArray());
                blackhole.consume(packet.payload().heapArray());
            }
        }
    }
}
