package phasebench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// What JFR says of a relay's allocation: what each live thread has allocated so far, each second.
final class AllocationRecording implements AutoCloseable {
    private static final String EVENT = "jdk.ThreadAllocationStatistics";

    /// Events of one moment have times of their own; those of different moments are a second apart.
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final RelayProcess relay;
    private final Path file = Files.createTempFile("allocation", ".jfr");

    AllocationRecording(RelayProcess relay) throws IOException, InterruptedException {
        this.relay = relay;
        relay.jcmd(
                "JFR.start",
                "name=allocation",
                "settings=none",
                "+%s#enabled=true".formatted(EVENT),
                "+%s#period=1s".formatted(EVENT));
    }

    /// From the second reading, behind the start of the recording, to the last but one. A thread that ends takes its
    /// figure with it: what it allocated counts up to its last reading.
    double bytesPerSecond() throws IOException, InterruptedException {
        relay.jcmd("JFR.dump", "name=allocation", "filename=" + file);
        var readings = new TreeMap<Instant, Map<Long, Long>>();
        for (var event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(EVENT)) {
                add(readings, event);
            }
        }
        if (readings.size() < 5) {
            throw new IllegalStateException("JFR read the threads only at " + readings.keySet());
        }
        readings.pollFirstEntry();
        readings.pollLastEntry();
        long bytes = 0;
        var known = new HashMap<>(List.copyOf(readings.values()).getFirst());
        for (var reading : readings.values()) {
            for (var thread : reading.entrySet()) {
                bytes += thread.getValue() - known.getOrDefault(thread.getKey(), 0L);
                known.put(thread.getKey(), thread.getValue());
            }
        }
        return bytes
                * 1e9
                / Duration.between(readings.firstKey(), readings.lastKey()).toNanos();
    }

    private static void add(NavigableMap<Instant, Map<Long, Long>> readings, RecordedEvent event) {
        var before = readings.floorKey(event.getStartTime());
        var moment =
                before != null && before.plus(MOMENT).isAfter(event.getStartTime()) ? before : event.getStartTime();
        readings.computeIfAbsent(moment, _ -> new HashMap<>())
                .put(event.getThread("thread").getOSThreadId(), event.getLong("allocated"));
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
