package phasebench.harness.load.audit;

import java.util.HashMap;
import java.util.Map;

/// Counts the signs of one viewer in one window. Belongs to the receiving thread.
final class SignCounts {
    private static final int SSRCS_MAX = 8;

    private final Map<Integer, Long> bySsrc = new HashMap<>();
    private long foreign;
    private long offGrid;
    private long notAuthentic;
    private long otherContent;
    private long latencyCount;
    private long latencyNsSum;
    private long latencyNsMax;
    private long silenceNsMax;

    void clear() {
        bySsrc.clear();
        foreign = 0;
        offGrid = 0;
        notAuthentic = 0;
        otherContent = 0;
        latencyCount = 0;
        latencyNsSum = 0;
        latencyNsMax = 0;
        silenceNsMax = 0;
    }

    /// Reads a little of what the next packet will need; the result means nothing.
    long approach() {
        return latencyCount + silenceNsMax;
    }

    void foreign() {
        foreign++;
    }

    void foreign(int ssrc) {
        foreign++;
        if (bySsrc.size() < SSRCS_MAX || bySsrc.containsKey(ssrc)) {
            bySsrc.merge(ssrc, 1L, Long::sum);
        }
    }

    void offGrid() {
        offGrid++;
    }

    void notAuthentic() {
        notAuthentic++;
    }

    void otherContent() {
        otherContent++;
    }

    /// @param latencyNs from due time to arrival
    /// @param silenceNs since the packet before
    void arrived(long latencyNs, long silenceNs) {
        latencyCount++;
        latencyNsSum += latencyNs;
        latencyNsMax = Math.max(latencyNsMax, latencyNs);
        silenceNsMax = Math.max(silenceNsMax, silenceNs);
    }

    ViewerSigns read(int ssrc, ViewerSigns.Frames frames) {
        return new ViewerSigns(
                ssrc,
                bySsrc,
                new ViewerSigns.Wrong(foreign, offGrid, notAuthentic, otherContent),
                frames,
                new ViewerSigns.Latency(
                        latencyCount == 0 ? 0 : latencyNsSum / latencyCount, latencyNsMax, silenceNsMax));
    }
}
