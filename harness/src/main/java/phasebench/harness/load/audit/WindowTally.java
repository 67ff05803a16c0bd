package phasebench.harness.load.audit;

import org.HdrHistogram.Histogram;
import phasebench.harness.load.media.FrameGrid;

/// What all viewers together got in one window. Belongs to the receiving thread until the window is over.
public final class WindowTally {
    private static final long LATENCY_NS_MAX = 60 * FrameGrid.SECOND_NS;
    private static final int RTCP_TYPES = 256;

    private final Histogram latencyNs = new Histogram(1_000, LATENCY_NS_MAX, 3);
    private final RecoveryTally recovery = new RecoveryTally();
    private final long[] rtcpByType = new long[RTCP_TYPES];
    private volatile long beginNs;
    private volatile boolean isBegun;
    private volatile long endNs = Long.MAX_VALUE;
    private long packetsVerified;
    private long authenticationFailures;
    private long contentMismatches;

    /// Sets when RTCP packets begin to count.
    public void beginAt(long nanoTime) {
        beginNs = nanoTime;
        isBegun = true;
    }

    /// Sets when RTCP packets cease to count.
    public void endAt(long nanoTime) {
        endNs = nanoTime;
    }

    void latency(long nanos) {
        latencyNs.recordValue(Math.clamp(nanos, 0, LATENCY_NS_MAX));
    }

    /// Counts an RTCP packet that came within the window.
    public void rtcp(int type, long nowNs) {
        if (isOpenAt(nowNs)) {
            rtcpByType[type]++;
        }
    }

    /// Whether an instant lies in the window.
    public boolean isOpenAt(long nowNs) {
        return isBegun && nowNs - beginNs >= 0 && (endNs == Long.MAX_VALUE || nowNs - endNs < 0);
    }

    void verified(boolean isAuthentic) {
        packetsVerified++;
        if (!isAuthentic) {
            authenticationFailures++;
        }
    }

    /// Counts an RTCP packet that failed authentication.
    public void rtcpNotAuthentic() {
        authenticationFailures++;
    }

    void mismatch() {
        contentMismatches++;
    }

    /// What viewers asked for again, and what they saw.
    public RecoveryTally recovery() {
        return recovery;
    }

    /// From due time to arrival, one value per distinct packet.
    public Histogram latencyNs() {
        return latencyNs;
    }

    /// RTCP packets by type number (compounds taken apart).
    public long rtcpCount(int type) {
        return rtcpByType[type];
    }

    public long packetsVerified() {
        return packetsVerified;
    }

    public long authenticationFailures() {
        return authenticationFailures;
    }

    /// Packets that were not what was published to this viewer: other content, another stream's or viewer's packet, or
    /// a timestamp off the grid.
    public long contentMismatches() {
        return contentMismatches;
    }
}
