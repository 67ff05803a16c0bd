package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
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

    RunCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call()
            throws UsageException, ScenarioFileException, PreflightException, BuildFailedException, IOException,
                    InterruptedException {
        Installation installation = Installation.find();
        ExperimentPlan plan = ExperimentPlan.of(selection.resolve(installation));
        System.out.print(PlanText.of(plan));
        if (isDryRun) {
            return ExitCode.OK;
        }
        Path runsFolder = runs == null ? installation.defaultRuns() : runs;
        Site site = Site.here(
                installation,
                runsFolder,
                selection.repeatCommand(installation, plan.spec()),
                isFloorSkipped ? collaborators.withoutFloor() : collaborators);
        return new Experiment(plan, site, System.out).run();
    }
}
