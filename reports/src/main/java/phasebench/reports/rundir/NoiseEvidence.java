package phasebench.reports.rundir;

import java.util.List;
import java.util.Optional;

/// What was known of the machine's noise when a run began: the file `noise.json`. A run on a machine that was never
/// calibrated has none.
///
/// @param host fingerprint of the machine
/// @param day of the A/A control, such as `2026-11-22`, UTC
/// @param kind `media` for launch pairs, `steady` for rounds
/// @param design name of the file that the control was run from
public record NoiseEvidence(
        int schemaVersion, String host, String day, String kind, String design, List<OfMetric> metrics) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public NoiseEvidence {
        metrics = List.copyOf(metrics);
    }

    /// @param spreadPerPair standard deviation of the log ratios when nothing differed
    /// @param pairs launch pairs or rounds that it comes from
    /// @param experiments they made
    /// @param flagged of those: judged to differ, although nothing did
    public record OfMetric(String metric, double spreadPerPair, int pairs, int experiments, int flagged) {}

    public Optional<OfMetric> of(String metric) {
        return metrics.stream().filter(known -> known.metric().equals(metric)).findFirst();
    }
}
