package phasebench.harness.floor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phasebench.harness.machine.NativeClocks;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;

/// One kind of floor with what it has cost so far. The first failure ends it: from then on it is a reason and no
/// figure.
final class Work {
    /// Two frames for a hundred viewers are due in 67 ms of the plan's load.
    private static final long REST_NS = 60_000_000;

    private final FloorKind kind;
    private final @Nullable PacketLoop loop;
    private final @Nullable SinkSockets sinks;
    private final List<Double> cpuNsPerPacket = new ArrayList<>();
    private @Nullable String missing;

    /// @param sinks where the packets end; null when none are sent
    Work(FloorKind kind, PacketLoop loop, @Nullable SinkSockets sinks) {
        this.kind = kind;
        this.loop = loop;
        this.sinks = sinks;
    }

    /// A kind that this machine does not have.
    Work(FloorKind kind, String missing) {
        this.kind = kind;
        this.loop = null;
        this.sinks = null;
        this.missing = missing;
    }

    /// Whether it does nothing but what the JIT takes longest for.
    boolean isProtectionByJdk() {
        return kind.send() == null && "jce".equals(kind.srtpProvider());
    }

    void warmUp() {
        runOnce();
    }

    void measure() {
        double cpuNs = runOnce();
        if (missing == null) {
            cpuNsPerPacket.add(cpuNs / PacketLoop.PACKETS);
        }
    }

    /// CPU of this thread; the emptying of the queues is not counted.
    private double runOnce() {
        if (loop == null || missing != null) {
            return Double.NaN;
        }
        try {
            if (FloorKind.PACED.equals(kind.sink())) {
                LockSupport.parkNanos(REST_NS);
            }
            long beforeNs = NativeClocks.threadCpuNs();
            loop.run();
            long cpuNs = NativeClocks.threadCpuNs() - beforeNs;
            checkArrived();
            return cpuNs;
        } catch (IOException e) {
            missing = String.valueOf(e.getMessage());
            return Double.NaN;
        }
    }

    private void checkArrived() throws IOException {
        if (sinks == null) {
            return;
        }
        int arrived = sinks.drain();
        int wanted = FloorKind.DROPPED.equals(kind.sink()) ? 0 : PacketLoop.PACKETS;
        if (arrived != wanted) {
            throw new IOException("%d of %d packets were in the sinks' queues, and not %d"
                    .formatted(arrived, PacketLoop.PACKETS, wanted));
        }
    }

    FloorReading reading() {
        if (missing != null) {
            return FloorReading.missing(kind, missing);
        }
        if (cpuNsPerPacket.isEmpty()) {
            return FloorReading.missing(kind, "no round was measured");
        }
        return new FloorReading(
                kind, Rounds.median(cpuNsPerPacket), Rounds.min(cpuNsPerPacket), cpuNsPerPacket.size(), null);
    }
}
