package phasebench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phasebench.harness.profiler.FlameGraphs;
import phasebench.harness.profiler.RecordingCheck;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;

/// What a profiled trial leaves behind once its relay has ended: counted recordings, and flame graphs made of them.
record ProfiledFiles(TrialDirectory folder, TrialEvidence evidence, List<String> profilerProblems) {
    /// Writes the flame graphs.
    ///
    /// @param outcome what load and machine said; a profiler that recorded nothing makes the trial invalid as well
    TrialOutcome write(String variant, TrialOutcome outcome) throws IOException {
        Map<String, Long> samples = RecordingCheck.eventCounts(folder.file(Artifact.RECORDING));
        Map<String, Long> jvmEvents = RecordingCheck.eventCounts(folder.file(Artifact.JFR_RECORDING));
        describe(Artifact.RECORDING, samples.getOrDefault("jdk.ExecutionSample", 0L), "CPU samples");
        describe(Artifact.JFR_RECORDING, jvmEvents.getOrDefault("jdk.CPUTimeSample", 0L), "CPU-time samples");
        FlameGraphs.write(folder.path(), variant, samples).forEach(evidence::file);
        List<String> problems = new ArrayList<>();
        if (samples.getOrDefault("jdk.ExecutionSample", 0L) == 0) {
            problems.add("async-profiler took no CPU sample");
        }
        if (jvmEvents.getOrDefault("jdk.CPUTimeSample", 0L) == 0) {
            problems.add("JFR took no CPU-time sample");
        }
        if (!problems.isEmpty()) {
            problems.addAll(0, profilerProblems);
        } else if (!profilerProblems.isEmpty()) {
            evidence.file(
                    Artifact.RECORDING.fileName(),
                    Artifact.RECORDING.description() + "; " + String.join("; ", profilerProblems));
        }
        return problems.isEmpty() ? outcome : withReasons(outcome, problems);
    }

    private void describe(Artifact artifact, long count, String of) {
        evidence.file(artifact.fileName(), "%s, %d %s".formatted(artifact.description(), count, of));
    }

    private static TrialOutcome withReasons(TrialOutcome outcome, List<String> problems) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> new TrialOutcome.Invalid(problems);
            case TrialOutcome.Invalid(List<String> reasons) -> {
                List<String> all = new ArrayList<>(reasons);
                all.addAll(problems);
                yield new TrialOutcome.Invalid(all);
            }
            case TrialOutcome.Failed failed -> failed;
        };
    }
}
