package phasebench.harness;

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
    public Integer call() throws UsageException, ScenarioFileException {
        Installation installation = Installation.find();
        Optional<PhaseLadder> phases = selection.phases(installation);
        System.out.print(
                phases.isPresent()
                        ? PhaseText.of(phases.get())
                        : PlanText.of(ExperimentPlan.of(selection.resolve(installation))));
        return ExitCode.OK;
    }
}
