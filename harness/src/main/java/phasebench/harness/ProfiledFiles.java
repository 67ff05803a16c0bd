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
    /// @param outcome what load and machine said. It says how far to trust the picture, and takes nothing away: a
    ///     profile is never compared. A profiler that recorded nothing makes the trial invalid.
    TrialOutcome write(String variant, TrialOutcome outcome) throws IOException {
        Map<String, Long> samples = RecordingCheck.eventCounts(folder.file(Artifact.RECORDING));
        Map<String, Long> jvmEvents = RecordingCheck.eventCounts(folder.file(Artifact.JFR_RECORDING));
        long cpuSamples = samples.getOrDefault("jdk.ExecutionSample", 0L);
        long jvmSamples = jvmEvents.getOrDefault("jdk.CPUTimeSample", 0L);
        FlameGraphs.write(folder.path(), variant, samples).forEach(evidence::file);
        List<String> missing = new ArrayList<>();
        if (cpuSamples == 0) {
            missing.add("async-profiler took no CPU sample");
        }
        if (jvmSamples == 0) {
            missing.add("JFR took no CPU-time sample");
        }
        if (!missing.isEmpty()) {
            missing.addAll(profilerProblems);
            return new TrialOutcome.Invalid(missing);
        }
        List<String> remarks = new ArrayList<>(profilerProblems);
        remarks.addAll(reasons(outcome));
        describe(Artifact.RECORDING, cpuSamples + " CPU samples", remarks);
        describe(Artifact.JFR_RECORDING, jvmSamples + " CPU-time samples", List.of());
        return outcome instanceof TrialOutcome.Failed ? outcome : new TrialOutcome.Measured();
    }

    private void describe(Artifact artifact, String count, List<String> remarks) {
        String remark = remarks.isEmpty() ? "" : "; " + String.join("; ", remarks);
        evidence.file(artifact.fileName(), artifact.description() + ", " + count + remark);
    }

    private static List<String> reasons(TrialOutcome outcome) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> List.of();
            case TrialOutcome.Invalid(List<String> reasons) -> reasons;
            case TrialOutcome.Failed(List<String> reasons) -> reasons;
        };
    }
}
