package phasebench.harness;

import java.util.concurrent.Callable;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `phasebench plan`.
@Command(name = "plan", description = "print what run would do: trials, JVMs, minutes", mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final ExperimentSelection selection = new ExperimentSelection();

    @Override
    public Integer call() throws UsageException, ScenarioFileException {
        System.out.print(PlanText.of(ExperimentPlan.of(selection.resolve(Installation.find()))));
        return ExitCode.OK;
    }
}
