package phasebench.harness;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phasebench.harness.drawing.Canvas;
import phasebench.harness.drawing.ScenarioDrawing;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `phasebench plan`.
@Command(
        name = "plan",
        description =
                "print what run would do: trials, JVMs, minutes, and the scenario drawn over time; for a file of phases,"
                        + " what the plan claims of each",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    private static final long SEED_OF_SCENARIO = 1;

    @Mixin
    private final ExperimentSelection selection = new ExperimentSelection();

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "columns to fit everything into (default: the terminal's, or 80 for the drawing alone)")
    private @Nullable Integer width;

    @Override
    public Integer call() throws UsageException, ScenarioFileException, IOException {
        if (width != null && width < Canvas.COLUMNS_MIN) {
            throw new UsageException("--width: value '" + width + "' is too narrow for a drawing; allowed: a whole"
                    + " number of at least " + Canvas.COLUMNS_MIN);
        }
        Installation installation = Installation.find();
        Canvas canvas = Canvas.of(System.out, width == null ? TerminalWidth.columns() : width);
        Optional<PhaseLadder> phases = selection.phases(installation);
        Optional<Scenario> scenario = selection.scenario(installation);
        if (phases.isPresent()) {
            print(PhaseText.of(phases.get()), canvas);
        } else if (scenario.isPresent()) {
            draw(scenario.get(), selection.seedOr(SEED_OF_SCENARIO), canvas);
        } else {
            ExperimentPlan plan = ExperimentPlan.of(selection.resolve(installation));
            Site site = Site.here(installation, installation.defaultRuns(), List.of(), Collaborators.REAL);
            print(PlanText.of(plan), canvas);
            System.out.println(SensitivityText.of(plan, site.noise(plan.spec())));
            System.out.println();
            draw(plan.spec().scenario(), plan.spec().seed(), canvas);
        }
        return ExitCode.OK;
    }

    /// In lines that fit, if a person looks at them or asks for it; lines of a pipe stay whole.
    private void print(String text, Canvas canvas) {
        if (width != null || Progress.isTerminal()) {
            canvas.wrap(text).forEach(System.out::println);
        } else {
            System.out.print(text);
        }
    }

    private static void draw(Scenario scenario, long seed, Canvas canvas) {
        ScenarioDrawing.of(scenario, seed, canvas).forEach(System.out::println);
    }
}
