package phasebench.harness;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `phasebench plan`.
@Command(
        name = "plan",
        description =
                "print what run would do: trials, JVMs, minutes; for a file of phases, what the plan claims of each",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final ExperimentSelection selection = new ExperimentSelection();

    @Override
    public Integer call() throws UsageException, ScenarioFileException, IOException {
        Installation installation = Installation.find();
        Optional<PhaseLadder> phases = selection.phases(installation);
        if (phases.isPresent()) {
            System.out.print(PhaseText.of(phases.get()));
            return ExitCode.OK;
        }
        ExperimentPlan plan = ExperimentPlan.of(selection.resolve(installation));
        Site site = Site.here(installation, installation.defaultRuns(), List.of(), Collaborators.REAL);
        System.out.print(PlanText.of(plan));
        System.out.println(SensitivityText.of(plan, site.noise(plan.spec())));
        return ExitCode.OK;
    }
}
