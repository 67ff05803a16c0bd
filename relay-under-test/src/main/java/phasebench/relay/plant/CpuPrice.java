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

    /// No packet costs more for long.
    private static final double BURNT_NS_MAX = 1_000_000;

    private final double share;
    private final LongSupplier processCpuNs;
    private final LongSupplier nanoTime;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong burntNs = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile double nsPerPacket;
    private volatile long lookedAtNs;

    /// Guarded by the lock.
    private long cpuNsThen;

    private long packetsThen;
    private long burntNsThen;
    private final double[] ownNsPerPacket = new double[SECONDS];
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
        return new CpuPrice(share, () -> process.getProcessCpuTime() - CompilerTime.cpuNs(), System::nanoTime);
    }

    /// What each packet is to burn; nothing in the first five seconds.
    double nsPerPacket() {
        return nsPerPacket;
    }

    /// Adds packets that were forwarded, and what they burnt.
    void spent(int packetCount, long ns) {
        packets.addAndGet(packetCount);
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
        long packetsNow = packets.get();
        long burntNsNow = burntNs.get();
        long ownNs = cpuNs - cpuNsThen - (burntNsNow - burntNsThen);
        ownNsPerPacket[lookCount++ % SECONDS] = Math.max(0.0, ownNs) / (packetsNow - packetsThen);
        if (lookCount >= SECONDS) {
            double[] sorted = ownNsPerPacket.clone();
            Arrays.sort(sorted);
            nsPerPacket = Math.min(BURNT_NS_MAX, share * sorted[SECONDS / 2]);
        }
        cpuNsThen = cpuNs;
        packetsThen = packetsNow;
        burntNsThen = burntNsNow;
        lookedAtNs = nowNs;
    }
}
