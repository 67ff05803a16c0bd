package phasebench.relay.plant;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How much a unit (a frame, to one viewer) has to burn, so that the process uses the given share more than without:
/// looks once a second at what the process used beside what it burnt, and at the units of that second, and takes the
/// median of the last five. So it follows the relay when it warms up or its load changes, and is not misled by
/// a second in which viewers join: what their handshakes cost would be many times the price of the few frames.
/// What the JIT takes is no part of the price, here as in the metric that the share is to be found in.
/// Any thread.
///
/// The JVM tells the process's CPU time in ticks of 10 ms (getProcessCpuTime on Linux): up to 1 % of a busy second, so
/// that 3 % may for a second be 3.03 %.
final class CpuPrice {
    private static final long INTERVAL_NS = 1_000_000_000;

    /// Nothing is burnt before there are so many.
    private static final int SECONDS = 5;

    /// No unit costs more for long.
    private static final double BURNT_NS_MAX = 10_000_000;

    private final double share;
    private final LongSupplier processCpuNs;
    private final LongSupplier nanoTime;
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong burntNs = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile double nsPerUnit;
    private volatile long lookedAtNs;

    /// Guarded by the lock.
    private long cpuNsThen;

    private long unitsThen;
    private long burntNsThen;
    private final double[] ownNsPerUnit = new double[SECONDS];
    private int lookCount;

    /// @param share of the process's own CPU time, such as 0.03
    /// @param processCpuNs CPU time that the process has used, without its compilers
    /// @param nanoTime as System.nanoTime
    CpuPrice(double share, LongSupplier processCpuNs, LongSupplier nanoTime) {
        this.share = share;
        this.processCpuNs = processCpuNs;
        this.nanoTime = nanoTime;
        this.cpuNsThen = processCpuNs.getAsLong();
        this.lookedAtNs = nanoTime.getAsLong();
    }

    static CpuPrice ofThisProcess(double share) {
        var process = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        CompilerTime compilers = CompilerTime.ofThisProcess();
        return new CpuPrice(share, () -> process.getProcessCpuTime() - compilers.cpuNs(), System::nanoTime);
    }

    /// What each unit is to burn; nothing in the first five seconds.
    double nsPerUnit() {
        return nsPerUnit;
    }

    /// Adds units that were forwarded, and what they burnt.
    void spent(int unitCount, long ns) {
        units.addAndGet(unitCount);
        burntNs.addAndGet(ns);
        if (nanoTime.getAsLong() - lookedAtNs >= INTERVAL_NS && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
    }

    /// CPU time burnt so far.
    long burntNs() {
        return burntNs.get();
    }

    private void look() {
        long nowNs = nanoTime.getAsLong();
        if (nowNs - lookedAtNs < INTERVAL_NS) {
            return; // another thread was faster
        }
        long cpuNs = processCpuNs.getAsLong();
        long unitsNow = units.get();
        long burntNsNow = burntNs.get();
        long ownNs = cpuNs - cpuNsThen - (burntNsNow - burntNsThen);
        ownNsPerUnit[lookCount++ % SECONDS] = Math.max(0.0, (double) ownNs) / (unitsNow - unitsThen);
        if (lookCount >= SECONDS) {
            double[] sorted = ownNsPerUnit.clone();
            Arrays.sort(sorted);
            nsPerUnit = Math.min(BURNT_NS_MAX, share * sorted[SECONDS / 2]);
        }
        cpuNsThen = cpuNs;
        unitsThen = unitsNow;
        burntNsThen = burntNsNow;
        lookedAtNs = nowNs;
    }
}
