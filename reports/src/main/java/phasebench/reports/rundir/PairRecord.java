package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything raw that is known of one launch pair: the file `trials/<pair>/pair.json`.
///
/// @param startedAt ISO-8601 instant
/// @param order which relay was started, loaded and read first
/// @param warmUp edges of the windows that only watched the JITs get quiet
/// @param windows edges of the measured windows, one more than windows: each ends where the next begins
/// @param files other files in the pair's folder, path in it to what it is, in reading order
/// @param layout where the relays ran
/// @param solo windows of either relay alone, in the order in which they were measured; none in most pairs
/// @param stageSeconds what each stage of the pair took, in order: what a launch pair costs
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
        Map<String, String> files,
        PairLayout layout,
        List<SoloWindow> solo,
        Map<String, Double> stageSeconds) {
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
        solo = List.copyOf(solo);
        stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
    }

    /// A launch pair of which nothing is known beyond its windows.
    public PairRecord(
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
        this(
                schemaVersion,
                id,
                outcome,
                startedAt,
                order,
                baseline,
                candidate,
                warmUp,
                windows,
                files,
                PairLayout.UNKNOWN,
                List.of(),
                Map.of());
    }

    /// Gives a record from before idle pairs, solo windows and changing places what was true then, and one from before
    /// the standstill was timed the zero that it was counted as.
    static void upgrade(ObjectNode pair) {
        if (!pair.has("layout")) {
            pair.set("layout", JsonFile.tree(PairLayout.UNKNOWN));
            pair.putArray("solo");
            pair.putObject("stageSeconds");
        }
        if (pair.get("id") instanceof ObjectNode id && !id.has("kind")) {
            id.put("kind", PairKind.MEDIA.name());
        }
        for (String edges : List.of("warmUp", "windows")) {
            for (JsonNode edge : pair.path(edges)) {
                if (edge instanceof ObjectNode object && !object.has("stoodStillNs")) {
                    object.put("stoodStillNs", 0);
                }
            }
        }
    }
}
