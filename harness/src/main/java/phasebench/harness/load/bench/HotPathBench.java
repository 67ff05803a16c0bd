package phasebench.harness.load.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.SampleShare;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameWindow;

/// CPU of the load generator's other hot paths, without the kernel's part: each kind of work in turn within each round.
public final class HotPathBench {
    private static final int PACKETS_PER_BATCH = 128;
    private static final int VIEWERS_VERIFYING = 20;
    private static final long TICK_NS = 2_000_000;
    private static final int TICKS_PER_ROUND = 50;

    private final BenchSize size;
    private final BenchStream stream;
    private final BenchDrive drive;
    private final MemorySegment packets;
    private final int[] lengths;

    /// What was read before; kept, so that the compiler does not leave the reading out.
    @SuppressWarnings("UnusedVariable")
    private long read;

    /// What one kind of work cost.
    ///
    /// @param cpuNs per packet (or what the name says), one value per round
    public record Cost(String name, List<Double> cpuNs) {
        public Cost {
            cpuNs = List.copyOf(cpuNs);
        }
    }

    /// One kind of work, on some frames.
    private interface Work {
        /// @return how often it was done
        long run(int firstFrame, int endFrame);
    }

    private record Kind(String name, Work work, List<Double> costs) {}

    public HotPathBench(BenchSize size) {
        this.size = size;
        this.stream = new BenchStream(size.frames());
        this.drive = new BenchDrive(size.frames());
        int count = size.frames() * BenchSize.PACKETS_PER_FRAME;
        this.packets = Arena.ofAuto().allocate((long) count * BenchStream.SLOT_BYTES, 64);
        this.lengths = new int[count];
        for (int i = 0; i < count; i++) {
            byte[] packet = stream.packet(i);
            MemorySegment.copy(packet, 0, packets, JAVA_BYTE, (long) i * BenchStream.SLOT_BYTES, packet.length);
            lengths[i] = packet.length;
        }
    }

    /// Measures. Blocks.
    public List<Cost> measure() {
        List<MediaAudit> plain = audits(size.viewers(), SampleShare.NONE);
        List<MediaAudit> approached = audits(size.viewers(), SampleShare.NONE);
        List<MediaAudit> verifying = audits(VIEWERS_VERIFYING, SampleShare.of(1, 1));
        List<Kind> kinds = List.of(
                new Kind(
                        "audit of a header, %d viewers".formatted(size.viewers()),
                        (first, end) -> audit(plain, first, end),
                        new ArrayList<>()),
                new Kind(
                        "the same in batches of %d, each approached before".formatted(PACKETS_PER_BATCH),
                        (first, end) -> auditApproached(approached, first, end),
                        new ArrayList<>()),
                new Kind(
                        "audit, authentication, decryption and comparison of a packet",
                        (first, end) -> audit(verifying, first, end),
                        new ArrayList<>()),
                new Kind("making a packet of synthetic media", this::make, new ArrayList<>()),
                new Kind("sleeping until the next tick, per tick", (_, _) -> sleep(), new ArrayList<>()));
        for (int round = 0; round < size.warmUpRounds() + size.rounds(); round++) {
            int first = round * size.framesPerRound();
            int end = first + size.framesPerRound();
            for (int frame = first; frame < end; frame++) {
                drive.release(frame, System.nanoTime());
            }
            for (Kind kind : kinds) {
                long before = cpuNs();
                long count = kind.work.run(first, end);
                double cost = (double) (cpuNs() - before) / count;
                if (round >= size.warmUpRounds()) {
                    kind.costs.add(cost);
                }
            }
        }
        return kinds.stream().map(kind -> new Cost(kind.name, kind.costs)).toList();
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private List<MediaAudit> audits(int viewers, SampleShare share) {
        FrameWindow window = new FrameWindow(0);
        window.endBefore(size.frames());
        WindowTally tally = new WindowTally();
        tally.beginAt(System.nanoTime());
        List<MediaAudit> audits = new ArrayList<>();
        for (int viewer = 0; viewer < viewers; viewer++) {
            MediaAudit audit = stream.audit(share, stream.track(drive));
            audit.begin(window, tally);
            audits.add(audit);
        }
        return audits;
    }

    private void packet(MediaAudit audit, int index, long nowNs) {
        audit.packet(packets, (long) index * BenchStream.SLOT_BYTES, lengths[index], nowNs);
    }

    /// Hands each frame to one viewer after the other.
    private long audit(List<MediaAudit> audits, int firstFrame, int endFrame) {
        long nowNs = System.nanoTime();
        for (int frame = firstFrame; frame < endFrame; frame++) {
            for (int viewer = 0; viewer < audits.size(); viewer++) {
                for (int p = 0; p < BenchSize.PACKETS_PER_FRAME; p++) {
                    packet(audits.get(viewer), frame * BenchSize.PACKETS_PER_FRAME + p, nowNs);
                }
            }
        }
        return (long) (endFrame - firstFrame) * audits.size() * BenchSize.PACKETS_PER_FRAME;
    }

    private long auditApproached(List<MediaAudit> audits, int firstFrame, int endFrame) {
        int viewersPerBatch = PACKETS_PER_BATCH / BenchSize.PACKETS_PER_FRAME;
        long nowNs = System.nanoTime();
        for (int frame = firstFrame; frame < endFrame; frame++) {
            for (int begin = 0; begin < audits.size(); begin += viewersPerBatch) {
                int end = Math.min(audits.size(), begin + viewersPerBatch);
                for (int viewer = begin; viewer < end; viewer++) {
                    read += audits.get(viewer).approach();
                }
                for (int viewer = begin; viewer < end; viewer++) {
                    for (int p = 0; p < BenchSize.PACKETS_PER_FRAME; p++) {
                        packet(audits.get(viewer), frame * BenchSize.PACKETS_PER_FRAME + p, nowNs);
                    }
                }
            }
        }
        return (long) (endFrame - firstFrame) * audits.size() * BenchSize.PACKETS_PER_FRAME;
    }

    private long make(int firstFrame, int endFrame) {
        long count = 0;
        for (int repeat = 0; repeat < 10; repeat++) {
            for (int frame = firstFrame; frame < endFrame; frame++) {
                count += stream.units(frame).size();
            }
        }
        return count;
    }

    private static long sleep() {
        long nextTickNs = System.nanoTime();
        for (int i = 0; i < TICKS_PER_ROUND; i++) {
            nextTickNs = Math.max(nextTickNs + TICK_NS, System.nanoTime());
            for (long rest = nextTickNs - System.nanoTime(); rest > 0; rest = nextTickNs - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
        }
        return TICKS_PER_ROUND;
    }
}
