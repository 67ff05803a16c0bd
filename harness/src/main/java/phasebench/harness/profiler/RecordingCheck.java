package phasebench.harness.profiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordingFile;

/// Counts the events of a recording, because a profiler that is not allowed to sample says nothing and records
/// nothing.
public final class RecordingCheck {
    private RecordingCheck() {}

    /// Event type to number of events; empty when the file is missing or unreadable.
    public static Map<String, Long> eventCounts(Path file) {
        Map<String, Long> counts = new TreeMap<>();
        if (!Files.exists(file)) {
            return counts;
        }
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                counts.merge(recording.readEvent().getEventType().getName(), 1L, Long::sum);
            }
        } catch (IOException _) {
            return Map.of();
        }
        return counts;
    }
}
