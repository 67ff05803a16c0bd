package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything raw that is known of one launch pair: the file `trials/<pair>/pair.json`.
///
/// @param startedAt ISO-8601 instant
/// @param order which relay was started, loaded and read first
/// @param warmUp edges of the windows that only watched the JITs get quiet
/// @param windows edges of the measured windows, one more than windows: each ends where the next begins
/// @param files other files in the pair's folder, path in it to what it is, in reading order
public record PairRecord(
        int schemaVersion,
        PairId id,
        TrialOutcome outcome,
        String startedAt,
        Order order,
        PairSide baseline,
        PairSide candidate,
        List<PairEdge> warmUp,
        List<PairEdge> windows,
        Map<String, String> files) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    /// Which of two comes first.
    public enum Order {
        BASELINE_FIRST,
        CANDIDATE_FIRST
    }

    public PairRecord {
        warmUp = List.copyOf(warmUp);
        windows = List.copyOf(windows);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
