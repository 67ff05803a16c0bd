package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import phasebench.harness.process.PrometheusText;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayProcess;
import phasebench.harness.process.RelaySettings;
import phasebench.reports.rundir.Artifact;
import phasebench.scenarios.Variant;

/// What is asked of every relay, whatever it is measured in: that it runs what it was told to, and ends as it should.
final class RelayChecks {
    private RelayChecks() {}

    static void requireSettings(Variant variant, ReadyLine ready) throws TrialFailedException {
        List<String> differences = new ArrayList<>(new RelaySettings(variant.settings()).differencesTo(ready));
        differences.addAll(PlantChecks.differences(variant, ready));
        if (!differences.isEmpty()) {
            throw new TrialFailedException(
                    "the relay does not run what the variant asks for: " + String.join("; ", differences));
        }
    }

    /// A relay that has to be killed, or leaves no whole counters file, did not end as it should. The JVM's exit
    /// code for SIGTERM is 143 however well the hooks went, so the file tells.
    static void requireCleanEnd(RelayProcess relay, Path counters, Duration stopTimeout)
            throws IOException, TrialFailedException {
        RelayProcess.StopResult result = relay.stop();
        boolean isComplete = Files.exists(counters) && PrometheusText.isComplete(Files.readString(counters));
        switch (result) {
            case KILLED ->
                throw new TrialFailedException(
                        "the relay ignored SIGTERM for %d s and was killed".formatted(stopTimeout.toSeconds()));
            case WAS_DEAD -> throw new TrialFailedException("the relay died after the window: " + relay.lastWords());
            case STOPPED -> {
                if (!isComplete) {
                    throw new TrialFailedException(
                            "the relay left no complete " + Artifact.RELAY_COUNTERS.fileName() + " when it stopped");
                }
            }
        }
    }
}
