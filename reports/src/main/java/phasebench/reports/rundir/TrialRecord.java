package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything raw that is known of one trial: the file `trials/<trial>/trial.json`.
///
/// @param startedAt ISO-8601 instant
/// @param relayCommand the relay's command line
/// @param ready the relay's READY line, or null when it never came
/// @param before reading just before the first frame of the window; null when the trial did not get there
/// @param after reading just after the last frame of the window; null when the trial did not get there
/// @param files other files in the trial's folder, name to what it is, in reading order
public record TrialRecord(
        int schemaVersion,
        TrialId id,
        TrialOutcome outcome,
        String startedAt,
        List<String> relayCommand,
        @Nullable String ready,
        @Nullable ProcessReading before,
        @Nullable ProcessReading after,
        @Nullable HeapEvidence heap,
        @Nullable LoadEvidence load,
        Map<String, String> files) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public TrialRecord {
        relayCommand = List.copyOf(relayCommand);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
