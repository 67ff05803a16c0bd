package phasebench.relay.buffer;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/// Taking and releasing buffers, a frame's 8 at a time: phase `buffer-pool`.
/// `scripts/phasebench micro --phase buffer-pool`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BufferBenchmark.HELD_COUNT)
public class BufferBenchmark {
    static final int HELD_COUNT = 8;

    private static final int PACKET_BYTES = 1216;

    /// The `buffers` setting.
    public enum Buffers {
        ALLOCATE,
        POOLED
    }

    @Param
    public Buffers buffers = Buffers.ALLOCATE;

    private BufferPool pool = BufferPool.allocating();

    /// What one thread holds.
    @State(Scope.Thread)
    public static class Held {
        private final PacketBuffer[] buffers = new PacketBuffer[HELD_COUNT];
    }

    @Setup
    public void setUp() {
        pool = switch (buffers) {
            case ALLOCATE -> BufferPool.allocating();
            case POOLED -> new PooledBuffers();
        };
    }

    @Benchmark
    @Threads(1)
    public PacketBuffer[] oneThread(Held held) {
        return takeAndRelease(held.buffers);
    }

    /// Both on one core when the process is pinned to one: then they meet at the pool's lock only by preemption.
    @Benchmark
    @Threads(2)
    public PacketBuffer[] twoThreads(Held held) {
        return takeAndRelease(held.buffers);
    }

    private PacketBuffer[] takeAndRelease(PacketBuffer[] held) {
        for (int i = 0; i < HELD_COUNT; i++) {
            held[i] = pool.take(PACKET_BYTES);
        }
        for (var buffer : held) {
            buffer.release();
        }
        return held;
    }
}
