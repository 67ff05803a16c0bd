package phasebench.reports.rundir;

import java.util.List;

/// How far a trial climbed: `trials/<trial>/climb.json`.
///
/// @param relayCores cores that the relay was pinned to
/// @param viewersCarried of the last step that was carried, with all before it; 0 for none
/// @param end what ended the climb
/// @param reason the same in words, with the figure
public record ClimbEvidence(
        int schemaVersion, int relayCores, int viewersCarried, End end, String reason, List<Step> steps) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    /// What ended a climb.
    public enum End {
        /// The relay did not keep up: the number carried is its capacity, to within a step.
        RELAY,
        /// All viewers of the scenario were carried: the capacity is that number or more.
        SCENARIO,
        /// A step was no valid measurement, as when the load generator was the limit: the capacity is at least
        /// the number carried.
        INSTRUMENT
    }

    /// One step.
    ///
    /// @param isCarried whether it was valid and within the limits
    /// @param relayCpuShare CPU time of the relay over the time, in cores
    /// @param generatorBusyShare CPU time of the load generator over the window, in cores
    /// @param reason why it was not carried; empty if it was
    public record Step(
            int viewers,
            boolean isCarried,
            double packetsPerSecond,
            long latencyNsP99,
            double lossRatio,
            double relayCpuShare,
            double generatorBusyShare,
            String reason) {}

    public ClimbEvidence {
        steps = List.copyOf(steps);
    }
}
