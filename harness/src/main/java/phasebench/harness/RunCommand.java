package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `phasebench run`.
@Command(name = "run", description = "run an experiment and render its report", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Collaborators collaborators;

    @Mixin
    private final ExperimentSelection selection = new ExperimentSelection();

    @Option(names = "--dry-run", description = "print the resolved plan and stop")
    private boolean isDryRun;

    @Option(names = "--runs", paramLabel = "DIR", description = "where run directories are made (default: runs/)")
    private @Nullable Path runs;

    @Option(names = "--no-floor", description = "do not measure what this machine charges for the bare minimum")
    private boolean isFloorSkipped;

    @Option(names = "--no-ceiling", description = "do not measure what the load generator can receive here")
    private boolean isCeilingSkipped;

    @Option(
            names = "--resume",
            paramLabel = "RUN_DIR",
            description = "go on with a run that was cut short, by its own plan, and end it as if it had not been")
    private @Nullable Path resumed;

    RunCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call()
            throws UsageException, ScenarioFileException, PreflightException, BuildFailedException, IOException,
                    InterruptedException {
        Installation installation = Installation.find();
        Collaborators withCeiling = isCeilingSkipped ? collaborators.withoutCeiling() : collaborators;
        Collaborators wanted = isFloorSkipped ? withCeiling.withoutFloor() : withCeiling;
        if (resumed != null) {
            requireNothingElse();
            Site here = Site.here(installation, installation.defaultRuns(), List.of(), wanted);
            return Resumption.of(resumed, here).resume(System.out);
        }
        ExperimentPlan plan = ExperimentPlan.of(selection.resolve(installation));
        Path runsFolder = runs == null ? installation.defaultRuns() : runs;
        Site site = Site.here(installation, runsFolder, selection.repeatCommand(installation, plan.spec()), wanted);
        System.out.print(PlanText.of(plan));
        System.out.println(SensitivityText.of(plan, site.noise(plan.spec())));
        if (isDryRun) {
            return ExitCode.OK;
        }
        return new Experiment(plan, site, System.out).run();
    }

    /// A resumed run has its plan already.
    private void requireNothingElse() throws UsageException {
        if (!selection.isUntouched() || runs != null || isDryRun) {
            throw new UsageException("--resume: takes the plan from the run directory; allowed beside it: --no-floor,"
                    + " --no-ceiling");
        }
    }
}
