package phasebench.harness;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long each stage of a launch pair takes. A stage ends when the next one begins.
final class StageClock {
    private final Progress progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private @Nullable String stage;
    private long beganNs;

    StageClock(Progress progress) {
        this.progress = progress;
    }

    /// @param expected how long it will take; zero when nobody knows
    void begin(String next, Duration expected) {
        end();
        stage = next;
        beganNs = System.nanoTime();
        progress.stage(next, expected);
    }

    /// Ends the stage that runs, if one does.
    void end() {
        if (stage != null) {
            double tookSeconds = Math.round((System.nanoTime() - beganNs) / 1e6) / 1e3;
            seconds.merge(stage, tookSeconds, Double::sum);
            stage = null;
        }
    }

    /// Stage to seconds, in the order of their beginning.
    Map<String, Double> seconds() {
        return seconds;
    }
}
