package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.scenarios.ExperimentFile;

/// Going on with a run that was cut short, by the plan in its manifest and on nothing but the same grounds.
final class Resumption {
    private final RunDirectory run;
    private final Installation installation;
    private final Collaborators collaborators;

    private Resumption(RunDirectory run, Installation installation, Collaborators collaborators) {
        this.run = run;
        this.installation = installation;
        this.collaborators = collaborators;
    }

    /// @throws phasebench.reports.rundir.RunDirectoryException if it is no run directory
    static Resumption of(Path runDirectory, Installation installation, Collaborators collaborators)
            throws IOException {
        return new Resumption(RunDirectory.open(runDirectory), installation, collaborators);
    }

    /// @return exit code
    int resume(PrintStream out) throws UsageException, PreflightException, IOException, InterruptedException {
        RunManifest manifest = run.manifest();
        Site site = site(manifest);
        ExperimentPlan plan = plan(manifest);
        List<String> problems = problems(manifest, plan, site.environment());
        if (!problems.isEmpty()) {
            throw new UsageException("--resume: %s cannot go on:%n  %s"
                    .formatted(run.path(), String.join(System.lineSeparator() + "  ", problems)));
        }
        return new Experiment(plan, site, out).resume(run);
    }

    /// Whether nothing has changed that a number may depend on.
    boolean isPossible() throws IOException {
        RunManifest manifest = run.manifest();
        return problems(manifest, plan(manifest), site(manifest).environment()).isEmpty();
    }

    private Site site(RunManifest manifest) {
        Path runs = run.path().toAbsolutePath().normalize().getParent();
        return Site.here(
                installation, runs == null ? run.path() : runs, manifest.repeatCommand(), collaborators);
    }

    private ExperimentPlan plan(RunManifest manifest) throws IOException {
        return ExperimentPlan.of(
                new ExperimentFile.Content(manifest.experiment(), run.phases().orElse(null)));
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
        for (String label : List.of("relay's cores", "load's cores", RelayBuild.LABEL)) {
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
