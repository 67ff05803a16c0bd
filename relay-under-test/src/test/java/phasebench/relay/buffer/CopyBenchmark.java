package phasebench.relay.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// One copy of a packet of 1200 bytes into the memory of each of 100 viewers: phase `no-copy`, what it saves per copy.
/// `scripts/phasebench micro --phase no-copy`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CopyBenchmark.VIEWER_COUNT)
public class CopyBenchmark {
    static final int VIEWER_COUNT = 100;

    private static final int PACKET_BYTES = 1200;

    private final byte[] packet = new byte[PACKET_BYTES];
    private final byte[][] arrays = new byte[VIEWER_COUNT][PACKET_BYTES];
    private final MemorySegment slots = Arena.ofAuto().allocate((long) VIEWER_COUNT * PACKET_BYTES, 64);

    @Benchmark
    public byte[][] heapToHeap() {
        for (var array : arrays) {
            System.arraycopy(packet, 0, array, 0, PACKET_BYTES);
        }
        return arrays;
    }

    @Benchmark
    public MemorySegment heapToNative() {
        for (int i = 0; i < VIEWER_COUNT; i++) {
            MemorySegment.copy(packet, 0, slots, ValueLayout.JAVA_BYTE, (long) i * PACKET_BYTES, PACKET_BYTES);
        }
        return slots;
    }
}
