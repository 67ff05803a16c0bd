package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.harness.Samples;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.ExperimentSpec;

class ExperimentPlanTest {
    private static final TrialOutcome INVALID = new TrialOutcome.Invalid(List.of("machine disturbed"));

    private final ExperimentSpec spec =
            Samples.experiment(2, 2, Samples.variant("a", Map.of()), Samples.variant("b", Map.of()));

    @Test
    void everyRoundHoldsEveryVariantOnce() {
        ExperimentPlan plan = ExperimentPlan.of(spec);

        assertThat(plan.directoryNames()).containsExactlyInAnyOrder("01-a", "01-b", "02-a", "02-b");
        assertThat(plan.directoryNames().subList(0, 2)).containsExactlyInAnyOrder("01-a", "01-b");
        assertThat(plan.jvmCount()).isEqualTo(8);
        assertThat(plan.expected())
                .isEqualTo(Duration.ofMillis(1350)
                        .plus(ExperimentPlan.TRIAL_OVERHEAD)
                        .multipliedBy(4));
    }

    @Test
    void profiledTrialsComeLastAndDoNotCount() {
        ExperimentSpec profiled = new ExperimentSpec(
                spec.name(),
                spec.description(),
                spec.scenario(),
                spec.baseline(),
                spec.variants(),
                1,
                true,
                spec.seed(),
                0);

        List<TrialPlan> trials = ExperimentPlan.of(profiled).trials();

        assertThat(trials.subList(2, 4)).allMatch(trial -> trial.id().kind() == TrialKind.PROFILED);
        assertThat(trials).filteredOn(TrialPlan::countsTowardsVerdict).hasSize(2);
    }

    @Test
    void aTrialWithoutANumberComesAgainAtTheEndOfItsRound() {
        TrialQueue queue = new TrialQueue(ExperimentPlan.of(spec).trials(), 2);
        TrialPlan first = queue.next();

        queue.offerAgain(first, INVALID);

        assertThat(queue.next().id().round()).isEqualTo(1);
        TrialPlan repeat = queue.next();
        assertThat(repeat.id().directoryName()).isEqualTo(first.id().directoryName() + ".2");
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void repeatsEnd() {
        TrialQueue queue = new TrialQueue(ExperimentPlan.of(spec).trials(), 2);
        int count = 0;
        for (; !queue.isEmpty(); count++) {
            queue.offerAgain(queue.next(), INVALID);
        }

        assertThat(count).isEqualTo(4 + 2);
    }

    @Test
    void aMeasuredTrialDoesNotComeAgain() {
        TrialQueue queue = new TrialQueue(ExperimentPlan.of(spec).trials(), 2);

        queue.offerAgain(queue.next(), new TrialOutcome.Measured());

        assertThat(queue.size()).isEqualTo(3);
    }
}
