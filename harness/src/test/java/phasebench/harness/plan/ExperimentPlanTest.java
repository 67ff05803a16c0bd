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
import phasebench.scenarios.TrialTiming;

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

    @Test
    void overViewersEachTrialCarriesItsCountThroughItsRepeats() {
        ExperimentPlan plan = ExperimentPlan.of(overViewers());

        assertThat(plan.trials()).hasSize(2 * 3 * 2);
        assertThat(plan.directoryNames())
                .doesNotHaveDuplicates()
                .contains("01-a.0-viewers", "01-b.25-viewers", "02-a.100-viewers");
        assertThat(plan.conditions()).hasSize(6).contains("a at 0 viewers", "b at 100 viewers");
        TrialPlan trial = plan.trials().getFirst();
        assertThat(trial.again().id().directoryName()).isEqualTo(trial.id().directoryName() + ".2");
        assertThat(trial.again().id().condition()).isEqualTo(trial.id().condition());
    }

    @Test
    void theForecastHoldsTheLeastWarmUpAndTheQuietWindows() {
        TrialTiming fixed = spec.scenario().timing();
        TrialTiming byCriterion = new TrialTiming(
                fixed.ramp(), fixed.warmUp(), fixed.window(), fixed.drain(), Duration.ofSeconds(40), 0.03);
        TrialTiming narrow = new TrialTiming(
                fixed.ramp(),
                fixed.warmUp(),
                fixed.window(),
                fixed.drain(),
                fixed.warmUp().plusSeconds(1),
                0.03);

        Duration before = ExperimentPlan.of(spec).expectedEach();
        assertThat(ExperimentPlan.of(with(byCriterion)).expectedEach()).isEqualTo(before.plusSeconds(4));
        assertThat(ExperimentPlan.of(with(narrow)).expectedEach()).isEqualTo(before.plusSeconds(1));
    }

    private ExperimentSpec with(TrialTiming timing) {
        return new ExperimentSpec(
                spec.name(),
                spec.description(),
                spec.scenario().withTiming(timing),
                spec.baseline(),
                spec.variants(),
                spec.rounds(),
                false,
                spec.seed(),
                0);
    }

    private ExperimentSpec overViewers() {
        return new ExperimentSpec(
                spec.name(),
                spec.description(),
                spec.scenario(),
                spec.baseline(),
                spec.variants(),
                2,
                false,
                spec.seed(),
                0,
                null,
                List.of(0, 25, 100));
    }
}
