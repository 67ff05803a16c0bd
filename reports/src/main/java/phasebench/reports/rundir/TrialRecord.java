package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything raw that is known of one trial: the file `trials/<trial>/trial.json`.
///
/// @param startedAt ISO-8601 instant
/// @param relayCommand the relay's command line
/// @param ready the relay's READY line, or null when it never came
/// @param before reading just before the first frame of the window; null when the trial did not get there
/// @param after reading just after the last frame of the window; null when the trial did not get there
/// @param warmUp how the relay became steady; null where the warm-up had a fixed length, or the trial did not get there
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
        @Nullable WarmUpEvidence warmUp,
        Map<String, String> files) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public TrialRecord {
        relayCommand = List.copyOf(relayCommand);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /// A trial whose warm-up had a fixed length.
    public TrialRecord(
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
        this(schemaVersion, id, outcome, startedAt, relayCommand, ready, before, after, heap, load, null, files);
    }

    /// Older records know only warm-ups of fixed length, and the scenario's own number of viewers.
    static void upgrade(ObjectNode trial) {
        if (!trial.has("warmUp")) {
            trial.putNull("warmUp");
        }
        if (trial.get("id") instanceof ObjectNode id && !id.has("viewers")) {
            id.putNull("viewers");
        }
    }
}
