package phasebench.relay.shard;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Setting a timer and having it fire, while 5000 others wait (five for each of 1000 viewers): phase `worker-pool`.
/// `scripts/phasebench micro --phase worker-pool`.
///
/// The executor's timers fire on a thread of its own, hence compare CPU time, not the clock on the wall.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TimerBenchmark.FIRED_COUNT)
public class TimerBenchmark {
    static final int FIRED_COUNT = 100;

    private static final int WAITING_COUNT = 5000;
    private static final long FAR_NS = TimeUnit.HOURS.toNanos(1000);

    private final TimerWheel wheel = new TimerWheel(0);
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private long nowNs;
    private int fired;

    @Setup
    public void setUp() {
        for (int i = 0; i < WAITING_COUNT; i++) {
            long delayNs = FAR_NS + i * TimerWheel.TICK_NS;
            var _ = wheel.schedule(0, delayNs, () -> {});
            var _ = executor.schedule(() -> {}, delayNs, TimeUnit.NANOSECONDS);
        }
    }

    @TearDown
    public void tearDown() {
        executor.shutdownNow();
    }

    @Benchmark
    public long executor() throws InterruptedException {
        var left = new CountDownLatch(FIRED_COUNT);
        for (int i = 0; i < FIRED_COUNT; i++) {
            var _ = executor.schedule(left::countDown, 0, TimeUnit.NANOSECONDS);
        }
        left.await();
        return left.getCount();
    }

    /// Each turn passes the slots in which others wait, as a shard's does.
    @Benchmark
    public int wheel() {
        for (int i = 0; i < FIRED_COUNT; i++) {
            var _ = wheel.schedule(nowNs, 0, () -> fired++);
        }
        nowNs += TimerWheel.TICK_NS;
        if (wheel.advance(nowNs, Runnable::run) != FIRED_COUNT) {
            throw new IllegalStateException("not all timers fired");
        }
        return fired;
    }
}
