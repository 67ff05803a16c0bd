package phasebench.relay.plant;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How much a packet has to burn, so that the process uses the given share more than without: looks once a
/// second at what the process used beside what it burnt, and at the packets of that second, and takes the
/// median of the last five. So it follows the relay when it warms up or its load changes, and is not misled by
/// a second in which viewers join: what their handshakes cost would be many times the price of the few packets.
/// What the JIT takes is no part of a packet's price, here as in the metric that the share is to be found in.
/// Any thread.
///
/// The JVM tells the process's CPU time in ticks of 10 ms (getProcessCpuTime on Linux): up to 1 % of a busy second, so
/// that 3 % may for a second be 3.03 %.
final class CpuPrice {
    private static final long INTERVAL_NS = 1_000_000_000;

    /// Nothing is burnt before there are so many.
    private static final int SECONDS = 5;

    /// Two milliseconds or more: no packet costs so much for long.
    private static final int STEPS_MAX = 1 << 20;

    private final double share;
    private final double nsPerStep;
    private final LongSupplier processCpuNs;
    private final LongSupplier nanoTime;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile int stepsPerPacket;
    private volatile long lookedAtNs;

    /// Guarded by the lock.
    private long cpuNsThen;

    private long packetsThen;
    private long stepsThen;
    private final double[] nsPerPacket = new double[SECONDS];
    private int lookCount;

    /// @param share of the process's own CPU time, such as 0.03
    /// @param processCpuNs CPU time that the process has used, without its compilers
    /// @param nanoTime as System.nanoTime
    CpuPrice(double share, double nsPerStep, LongSupplier processCpuNs, LongSupplier nanoTime) {
        this.share = share;
        this.nsPerStep = nsPerStep;
        this.processCpuNs = processCpuNs;
        this.nanoTime = nanoTime;
        this.cpuNsThen = processCpuNs.getAsLong();
        this.lookedAtNs = nanoTime.getAsLong();
    }

    static CpuPrice ofThisProcess(double share) {
        var process = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new CpuPrice(
                share, Spin.nsPerStep(), () -> process.getProcessCpuTime() - CompilerTime.cpuNs(), System::nanoTime);
    }

    /// Steps of [Spin] that each packet is to take; none in the first five seconds.
    int stepsPerPacket() {
        return stepsPerPacket;
    }

    /// Adds packets that were forwarded, and the steps that they took.
    void spent(int packetCount, long stepCount) {
        packets.addAndGet(packetCount);
        steps.addAndGet(stepCount);
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
        return Math.round(steps.get() * nsPerStep);
    }

    private void look() {
        long nowNs = nanoTime.getAsLong();
        if (nowNs - lookedAtNs < INTERVAL_NS) {
            return; // another thread was faster
        }
        long cpuNs = processCpuNs.getAsLong();
        long packetsNow = packets.get();
        long stepsNow = steps.get();
        double ownNs = cpuNs - cpuNsThen - (stepsNow - stepsThen) * nsPerStep;
        nsPerPacket[lookCount++ % SECONDS] = Math.max(0, ownNs) / (packetsNow - packetsThen);
        if (lookCount >= SECONDS) {
            double[] sorted = nsPerPacket.clone();
            Arrays.sort(sorted);
            stepsPerPacket = (int) Math.min(STEPS_MAX, Math.round(share * sorted[SECONDS / 2] / nsPerStep));
        }
        cpuNsThen = cpuNs;
        packetsThen = packetsNow;
        stepsThen = stepsNow;
        lookedAtNs = nowNs;
    }
}
