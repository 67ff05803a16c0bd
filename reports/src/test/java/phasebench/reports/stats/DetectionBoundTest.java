package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Held against the rule of three and against a seeded simulation.
class DetectionBoundTest {
    @Test
    void theRuleOfThreeHolds() {
        DetectionBound bound = new DetectionBound(1_000_000, 10_000);

        assertThat(bound.rateSeen(0.95)).isCloseTo(3.0 / 10_000, within(0.01 / 10_000));
        assertThat(bound.share()).isEqualTo(0.01);
        assertThat(bound.expectedCount(0.0003)).isCloseTo(3, within(1e-9));
    }

    @Test
    void rateAndProbabilityAreInverse() {
        DetectionBound bound = new DetectionBound(5000, 400);

        assertThat(bound.probability(bound.rateSeen(0.8))).isCloseTo(0.8, within(1e-12));
        assertThat(bound.probability(0)).isZero();
        assertThat(bound.probability(1)).isEqualTo(1);
    }

    @Test
    void whereNothingWasVerifiedNothingIsSeen() {
        DetectionBound bound = new DetectionBound(5000, 0);

        assertThat(bound.probability(0.5)).isZero();
        assertThat(bound.rateSeen(0.95)).isEqualTo(1);
        assertThat(new DetectionBound(0, 0).share()).isZero();
    }

    /// 2000 runs of 4000 packets, a tenth verified, one in 200 faulty: within three standard deviations of the stated
    /// probability.
    @Test
    void aSimulationSeesFaultsAsOftenAsStated() {
        SplittableRandom random = new SplittableRandom(1);
        int runs = 2000;
        int seen = 0;
        double stated = 0;
        for (int run = 0; run < runs; run++) {
            boolean isSeen = false;
            int verified = 0;
            for (int packet = 0; packet < 4000; packet++) {
                boolean isFaulty = random.nextInt(200) == 0;
                boolean isVerified = random.nextInt(10) == 0;
                verified += isVerified ? 1 : 0;
                isSeen |= isFaulty && isVerified;
            }
            seen += isSeen ? 1 : 0;
            stated += new DetectionBound(4000, verified).probability(1.0 / 200) / runs;
        }

        assertThat(stated).isBetween(0.8, 0.9);
        assertThat((double) seen / runs).isCloseTo(stated, within(3 * Math.sqrt(stated * (1 - stated) / runs)));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new DetectionBound(10, 11)).hasMessageContaining("11 of 10 packets");
        assertThatThrownBy(() -> new DetectionBound(10, 1).probability(1.5)).hasMessageContaining("rate is not within");
    }
}
