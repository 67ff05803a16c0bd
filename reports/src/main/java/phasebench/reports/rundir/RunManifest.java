package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phasebench.scenarios.ExperimentSpec;
import tools.jackson.databind.node.ObjectNode;

/// What was run, where and with what: the file `manifest.json`.
///
/// @param runId name of the run directory
/// @param startedAt ISO-8601 instant
/// @param repeatCommand the command line that repeats the experiment, from the project's top folder
/// @param experiment the plan as resolved, every default filled in
/// @param trialOrder folders of the planned trials in planned order
/// @param environment facts about machine, kernel, JDK and tools, label to value, in display order
/// @param warnings what the doctor found that costs the result something
public record RunManifest(
        int schemaVersion,
        String runId,
        String startedAt,
        List<String> repeatCommand,
        ExperimentSpec experiment,
        List<String> trialOrder,
        Map<String, String> environment,
        List<String> warnings) {
    /// The version that this code writes: 2 since an experiment may ask for launch pairs.
    public static final int SCHEMA_VERSION = 2;

    public RunManifest {
        repeatCommand = List.copyOf(repeatCommand);
        trialOrder = List.copyOf(trialOrder);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        warnings = List.copyOf(warnings);
    }

    /// Version 1 knew no launch pairs, so that an experiment of it has none.
    static void upgrade(ObjectNode manifest) {
        if (manifest.path("schemaVersion").intValue() == 1
                && manifest.path("experiment") instanceof ObjectNode experiment) {
            experiment.putNull("duet");
        }
    }
}
