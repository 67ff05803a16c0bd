package phasebench.harness.load.viewer;

import org.HdrHistogram.Histogram;

/// How late a thread with a fixed tick takes its turns. Written by that thread; [#lastTurnNs] may be asked by any.
public final class TickLateness {
    private static final long LATE_NS_MAX = 60_000_000_000L;

    private final long tickNs;
    private final Histogram lateNs = new Histogram(1_000, LATE_NS_MAX, 2);
    private volatile long lastTurnNs = System.nanoTime();

    TickLateness(long tickNs) {
        this.tickNs = tickNs;
    }

    void begin() {
        lateNs.reset();
    }

    /// How late a turn is that begins now.
    long lateNs(long nowNs) {
        return Math.clamp(nowNs - lastTurnNs - tickNs, 0, LATE_NS_MAX);
    }

    /// Takes the beginning of a turn. The turns that a late one left out count with what they would have waited, as a
    /// packet that came then would have.
    void turn(long nowNs) {
        long late = lateNs(nowNs);
        lastTurnNs = nowNs;
        lateNs.recordValueWithExpectedInterval(late, tickNs);
    }

    /// When the last turn began (System.nanoTime), or the start when none did.
    public long lastTurnNs() {
        return lastTurnNs;
    }

    /// Of the window so far.
    Reading read() {
        return new Reading(lateNs.getValueAtPercentile(99), lateNs.getMaxValue());
    }

    /// How late a packet could be seen for this reason alone.
    public record Reading(long nsP99, long nsMax) {}
}
