package phasebench.reports.rundir;

import org.jspecify.annotations.Nullable;

/// The price of one kind of work.
///
/// @param cpuNsPerPacketMedian over rounds; null when there is none
/// @param cpuNsPerPacketMin over rounds: the figure of a quiet machine, if it was quiet for one round
/// @param rounds that were measured
/// @param missing why there is no figure; null when there is one
public record FloorReading(
        FloorKind kind,
        @Nullable Double cpuNsPerPacketMedian,
        @Nullable Double cpuNsPerPacketMin,
        int rounds,
        @Nullable String missing) {
    public FloorReading {
        if ((cpuNsPerPacketMedian == null) != (cpuNsPerPacketMin == null)
                || (cpuNsPerPacketMedian == null) == (missing == null)) {
            throw new IllegalArgumentException("either figures or a reason, and not both: " + kind.label());
        }
    }

    public static FloorReading missing(FloorKind kind, String reason) {
        return new FloorReading(kind, null, null, 0, reason);
    }
}
