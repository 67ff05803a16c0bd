package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.scenarios.ExperimentFile;

/// Going on with a run that was cut short, by the plan in its manifest and on nothing but the same grounds.
final class Resumption {
    private final RunDirectory run;
    private final RunManifest manifest;
    private final ExperimentPlan plan;
    private final Site site;

    private Resumption(RunDirectory run, RunManifest manifest, ExperimentPlan plan, Site site) {
        this.run = run;
        this.manifest = manifest;
        this.plan = plan;
        this.site = site;
    }

    /// @param here where it is to go on
    /// @throws phasebench.reports.rundir.RunDirectoryException if it is no run directory
    static Resumption of(Path runDirectory, Site here) throws IOException {
        RunDirectory run = RunDirectory.open(runDirectory);
        RunManifest manifest = run.manifest();
        ExperimentPlan plan = ExperimentPlan.of(
                new ExperimentFile.Content(manifest.experiment(), run.phases().orElse(null)));
        Path runs = Objects.requireNonNull(
                run.path().toAbsolutePath().normalize().getParent(), "a run directory lies in a folder");
        return new Resumption(run, manifest, plan, here.with(runs, manifest.repeatCommand()));
    }

    /// @return exit code
    int resume(PrintStream out)
            throws UsageException, PreflightException, BuildFailedException, IOException, InterruptedException {
        List<String> problems = problems(manifest, plan, site.environment());
        if (!problems.isEmpty()) {
            throw new UsageException("--resume: %s cannot go on:%n  %s"
                    .formatted(run.path(), String.join(System.lineSeparator() + "  ", problems)));
        }
        return new Experiment(plan, site, out).resume(run);
    }

    /// Whether nothing has changed that a number may depend on.
    boolean isPossible() throws IOException {
        return problems(manifest, plan, site.environment()).isEmpty();
    }

    /// Why trials of today cannot stand beside those of the run; none on the same machine with the same programs.
    static List<String> problems(RunManifest manifest, ExperimentPlan plan, Map<String, String> now) {
        List<String> problems = new ArrayList<>();
        if (manifest.schemaVersion() != RunManifest.SCHEMA_VERSION) {
            problems.add("it has schema version %d, and this phasebench writes %d; run it again"
                    .formatted(manifest.schemaVersion(), RunManifest.SCHEMA_VERSION));
        }
        HostFingerprint.differences(manifest.environment(), now)
                .forEach(difference -> problems.add("it is of another machine (then, now): " + difference));
        for (String label : List.of("relay's cores", "load's cores", RelayFingerprint.LABEL)) {
            String then = manifest.environment().getOrDefault(label, "unknown");
            if (!then.equals(now.get(label))) {
                problems.add("%s: %s then, %s now".formatted(label, then, now.get(label)));
            }
        }
        if (!plan.directoryNames().equals(manifest.trialOrder())) {
            problems.add("this phasebench plans other trials from the same seed than the one that began it");
        }
        return problems;
    }
}
