package phasebench.harness.load.impair;

import phasebench.reports.rundir.ImpairmentCounts;

/// What was done to packets of one kind. Belongs to the proxy's thread.
final class KindCounts {
    long packets;
    long lost;
    long linkFull;
    long reordered;
    long duplicated;
    long delayed;
    long delayNsSum;
    long delayNsMax;

    void delayed(long nanos) {
        if (nanos > 0) {
            delayed++;
            delayNsSum += nanos;
            delayNsMax = Math.max(delayNsMax, nanos);
        }
    }

    void clear() {
        packets = 0;
        lost = 0;
        linkFull = 0;
        reordered = 0;
        duplicated = 0;
        delayed = 0;
        delayNsSum = 0;
        delayNsMax = 0;
    }

    void add(KindCounts other) {
        packets += other.packets;
        lost += other.lost;
        linkFull += other.linkFull;
        reordered += other.reordered;
        duplicated += other.duplicated;
        delayed += other.delayed;
        delayNsSum += other.delayNsSum;
        delayNsMax = Math.max(delayNsMax, other.delayNsMax);
    }

    ImpairmentCounts read() {
        return new ImpairmentCounts(
                packets,
                new ImpairmentCounts.Drops(lost, linkFull),
                reordered,
                duplicated,
                new ImpairmentCounts.Delays(delayed, delayNsSum, delayNsMax));
    }
}
