package phasebench.relay.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.socket.WebrtcSocket;

/// A frame on its way from the publisher's thread to 100 viewers, until the last one has it: by a queue and a virtual
/// thread for each, or by one queue and a shard's loop. Phase `worker-pool`.
/// `scripts/phasebench micro --phase worker-pool`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HandOverBenchmark.VIEWER_COUNT)
public class HandOverBenchmark {
    static final int VIEWER_COUNT = 100;

    private static final long SELECT_MS = 100;

    private final MediaUnit frame = BenchmarkUnits.frames(1, null).getFirst();
    private final RelayMetrics metrics = new RelayMetrics();
    private final List<Viewer> viewers = new ArrayList<>();
    private final BlockingQueue<MediaUnit> shardQueue = new ArrayBlockingQueue<>(512);
    private final Semaphore delivered = new Semaphore(0);
    private @Nullable WebrtcSocket socket;
    private volatile boolean isEnded;

    @Setup
    public void setUp() throws IOException {
        for (int i = 0; i < VIEWER_COUNT; i++) {
            var viewer = new Viewer(Set.of(0), metrics);
            viewer.gate().join(0, 0, false);
            viewers.add(viewer);
            var _ = Thread.startVirtualThread(() -> write(viewer));
        }
        var opened = WebrtcSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
        socket = opened;
        Thread.ofPlatform().daemon().name("shard").start(() -> loop(opened));
    }

    @TearDown
    public void tearDown() throws IOException {
        isEnded = true;
        viewers.forEach(Viewer::end);
        if (socket != null) {
            socket.close();
        }
    }

    @Benchmark
    public void queuePerViewer() throws InterruptedException {
        for (var viewer : viewers) {
            viewer.unit(frame);
        }
        delivered.acquire(VIEWER_COUNT);
    }

    @Benchmark
    public void queuePerShard() throws InterruptedException {
        var waking = socket;
        if (waking != null && shardQueue.offer(frame.retain())) {
            waking.wakeup();
        }
        delivered.acquire(VIEWER_COUNT);
    }

    private void write(Viewer viewer) {
        try {
            while (!isEnded) {
                var unit = viewer.take();
                if (unit != null) {
                    unit.release();
                    delivered.release();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(WebrtcSocket waking) {
        while (!isEnded) {
            try {
                waking.select(SELECT_MS);
            } catch (IOException | RuntimeException _) {
                return;
            }
            for (var unit = shardQueue.poll(); unit != null; unit = shardQueue.poll()) {
                for (int i = 0; i < VIEWER_COUNT; i++) {
                    // where a viewer's frame would be protected
                    Blackhole.consumeCPU(0);
                }
                unit.release();
                delivered.release(VIEWER_COUNT);
            }
        }
    }
}
