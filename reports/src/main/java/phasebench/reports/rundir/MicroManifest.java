package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How benchmarks were run: the file `micro-manifest.json`.
///
/// @param startedAt ISO-8601 instant
/// @param repeatCommand the command line that repeats them, from the project's top folder
/// @param jmhCommand the command line of JMH's process
/// @param environment facts about machine, kernel, JDK and tools, label to value, in display order
public record MicroManifest(
        int schemaVersion,
        String startedAt,
        List<String> repeatCommand,
        List<String> jmhCommand,
        Map<String, String> environment) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public MicroManifest {
        repeatCommand = List.copyOf(repeatCommand);
        jmhCommand = List.copyOf(jmhCommand);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
