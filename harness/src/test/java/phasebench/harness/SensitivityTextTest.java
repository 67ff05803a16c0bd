package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.scenarios.Variant;

class SensitivityTextTest {
    private static final Variant START = Samples.variant("start", Map.of());
    private static final Variant NEXT = Samples.variant("next", Map.of());

    @Test
    void aMachineThatWasNotCalibratedSaysSo() {
        assertThat(SensitivityText.of(pairs(10), Optional.empty()))
                .isEqualTo("this plan can see changes of unknown size: not calibrated; phasebench calibrate tells");
    }

    @Test
    void aPlanTooSmallForAVerdictSaysSo() {
        assertThat(SensitivityText.of(pairs(2), known(0.008, 24)))
                .isEqualTo("this plan can see no change: a verdict takes at least 3 launch pairs");
    }

    /// Noncentral t with 9 degrees of freedom, power 0.9: 1.1555 deviations (R: power.t.test(n = 10, power = 0.9,
    /// type = "paired")).
    @Test
    void theSmallestChangeFollowsFromTheSpreadAndTheNumberOfPairs() {
        assertThat(SensitivityText.of(pairs(10), known(0.008, 24)))
                .isEqualTo("this plan can see changes of 0.93 % or more, in 9 of 10 experiments (10 launch pairs, which"
                        + " spread by 0.80 % each: A/A control of 2026-11-22, 24 launch pairs of calibration)");
    }

    @Test
    void moreComparisonsSeeLess() {
        ExperimentPlan three = ExperimentPlan.of(
                Samples.duet(10, 0, START, NEXT, Samples.variant("b", Map.of()), Samples.variant("c", Map.of())));
        assertThat(SensitivityText.of(three, known(0.008, 24))).contains("changes of 1.1");
    }

    @Test
    void aSpreadFromFewPairsIsDoubted() {
        assertThat(SensitivityText.of(pairs(10), known(0.008, 4))).contains("so few that it may be off by half");
    }

    @Test
    void roundsAreNotHeldAgainstLaunchPairs() {
        ExperimentPlan steady = ExperimentPlan.of(Samples.experiment(5, 0, START, NEXT));
        assertThat(SensitivityText.of(steady, Optional.empty())).contains("not calibrated");
        assertThat(SensitivityText.of(steady, known(0.02, 20))).contains("(5 rounds, which spread by 2.00 % each");
    }

    private static ExperimentPlan pairs(int count) {
        return ExperimentPlan.of(Samples.duet(count, 0, START, NEXT));
    }

    private static Optional<NoiseEvidence> known(double spread, int pairs) {
        return Optional.of(new NoiseEvidence(
                1,
                "0123456789ab",
                "2026-11-22",
                "media",
                "calibration",
                List.of(new NoiseEvidence.OfMetric(Metric.CPU_NS_PER_PACKET.id(), spread, pairs, 4, 0))));
    }
}
