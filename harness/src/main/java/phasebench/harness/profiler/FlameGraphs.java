package phasebench.harness.profiler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import one.convert.Arguments;
import one.convert.JfrToFlame;
import phasebench.reports.rundir.Artifact;

/// Flame graphs as HTML files beside async-profiler's recording, one for each kind of event that it holds.
public final class FlameGraphs {
    private static final List<Kind> KINDS = List.of(
            new Kind(Artifact.FLAME_GRAPH_CPU, "--cpu", "CPU", "jdk.ExecutionSample"),
            new Kind(Artifact.FLAME_GRAPH_ALLOCATION, "--alloc", "allocated bytes", "jdk.ObjectAllocationInNewTLAB"),
            new Kind(Artifact.FLAME_GRAPH_LOCK, "--lock", "waiting for locks", "jdk.JavaMonitorEnter"),
            new Kind(Artifact.FLAME_GRAPH_NATIVE_MEMORY, "--nativemem", "native memory", "profiler.Malloc"));

    private FlameGraphs() {}

    /// Writes the graphs.
    ///
    /// @param title what was profiled
    /// @param eventCounts events of the recording, from [RecordingCheck]
    /// @return file name to what it shows
    public static Map<String, String> write(Path folder, String title, Map<String, Long> eventCounts)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Path recording = folder.resolve(Artifact.RECORDING.fileName());
        for (Kind kind : KINDS) {
            long count = eventCounts.getOrDefault(kind.event, 0L);
            if (count == 0) {
                continue;
            }
            Path graph = folder.resolve(kind.artifact.fileName());
            // --total: width is time or bytes, not the number of samples
            Arguments arguments = new Arguments(
                    kind.option,
                    "--total",
                    "--title",
                    title + ": " + kind.label,
                    recording.toString(),
                    graph.toString());
            JfrToFlame.convert(recording.toString(), graph.toString(), arguments);
            files.put(kind.artifact.fileName(), "%s, %d samples".formatted(kind.artifact.description(), count));
        }
        return files;
    }

    private record Kind(Artifact artifact, String option, String label, String event) {}
}
