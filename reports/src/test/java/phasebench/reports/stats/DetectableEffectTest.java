package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectableEffectTest {
    /// Powers by the noncentral t of SciPy 1.17; the first also G*Power's 0.803 for d = 1, n = 10.
    @ParameterizedTest
    @CsvSource({
        "1.0, 10, 0.05, 0.8030968566",
        "1.5, 5, 0.01, 0.3125361499",
        "3.0, 2, 0.05, 0.2607707142",
        "0.5, 40, 0.05, 0.8693981350"
    })
    void thePowerIsThatOfTheNoncentralT(double effect, int n, double alpha, double power) {
        assertThat(DetectableEffect.power(effect * Math.sqrt(n), n, alpha)).isCloseTo(power, within(1e-5));
    }

    /// What launch pairs were measured to need on a 2-core machine: a spread of 0.8 % and 10, 20, 40
    /// pairs find 1.0, 0.7 and 0.5 % with 95 % power.
    @Test
    void theTableOfTheLaunchPairsComesOut() {
        assertThat(DetectableEffect.relative(0.008, 10, 0.05, 0.95)).isCloseTo(0.010, within(0.0005));
        assertThat(DetectableEffect.relative(0.008, 20, 0.05, 0.95)).isCloseTo(0.007, within(0.0005));
        assertThat(DetectableEffect.relative(0.008, 40, 0.05, 0.95)).isCloseTo(0.005, within(0.0005));
    }

    @Test
    void pairsAndEffectAreInverse() {
        for (int n : new int[] {3, 5, 10, 40, 200}) {
            double effect = DetectableEffect.relative(0.02, n, 0.05, 0.9);
            assertThat(DetectableEffect.pairsFor(0.02, effect * 1.0001, 0.05, 0.9))
                    .isEqualTo(n);
            assertThat(DetectableEffect.pairsFor(0.02, effect * 0.9999, 0.05, 0.9))
                    .isEqualTo(n + 1);
        }
    }

    @Test
    void moreNoiseOrAStricterTestNeedsMorePairs() {
        int pairs = DetectableEffect.pairsFor(0.01, 0.01, 0.05, 0.9);
        assertThat(DetectableEffect.pairsFor(0.02, 0.01, 0.05, 0.9)).isGreaterThan(2 * pairs);
        assertThat(DetectableEffect.pairsFor(0.01, 0.01, 0.005, 0.9)).isGreaterThan(pairs);
        assertThat(DetectableEffect.pairsFor(0.01, 0.01, 0.05, 0.99)).isGreaterThan(pairs);
        assertThat(DetectableEffect.pairsFor(1, 1e-9, 0.05, 0.9)).isEqualTo(DetectableEffect.PAIRS_MAX);
    }

    /// Method: 4000 experiments each with the planted effect that the plan says is found in 9 of 10.
    @ParameterizedTest
    @CsvSource({"5", "10", "20", "40"})
    void whatIsPromisedIsFoundAsOften(int n) {
        double effect = DetectableEffect.relative(0.01, n, 0.05, 0.9);
        GroupSequential single = new GroupSequential(List.of(), Spending.OBRIEN_FLEMING);
        Random random = new Random(n);
        int found = 0;
        for (int run = 0; run < 4000; run++) {
            double[] values = random.doubles(n)
                    .map(_ -> Math.log1p(effect) + 0.01 * random.nextGaussian())
                    .toArray();
            found += single.interval(values, 0.05).contains(0) ? 0 : 1;
        }
        assertThat(BinomialInterval.of(found, 4000, 0.999).contains(0.9))
                .as("found " + found)
                .isTrue();
    }

    /// Method: as above, for intervals that lie within the margin.
    @Test
    void equivalenceIsFoundAsOftenAsPromised() {
        int n = DetectableEffect.pairsForEquivalence(0.01, 0, 0.005, 0.05, 0.9);
        GroupSequential single = new GroupSequential(List.of(), Spending.OBRIEN_FLEMING);
        Random random = new Random(5);
        int found = 0;
        for (int run = 0; run < 2000; run++) {
            double[] values =
                    random.doubles(n).map(_ -> 0.01 * random.nextGaussian()).toArray();
            Interval interval = single.interval(values, 0.05);
            found += interval.low() >= -Math.log1p(0.005) && interval.high() <= Math.log1p(0.005) ? 1 : 0;
        }
        assertThat(found / 2000.0).isBetween(0.87, 0.94);
        assertThat(DetectableEffect.pairsForEquivalence(0.01, 0.005, 0.005, 0.05, 0.9))
                .isEqualTo(DetectableEffect.PAIRS_MAX);
    }

    @Test
    void questionsWithoutAnAnswerAreRefused() {
        assertThatThrownBy(() -> DetectableEffect.relative(0.01, 1, 0.05, 0.9)).hasMessageContaining("need >= 2");
        assertThatThrownBy(() -> DetectableEffect.relative(0, 10, 0.05, 0.9)).hasMessageContaining("not a spread");
        assertThatThrownBy(() -> DetectableEffect.pairsFor(0.01, 0, 0.05, 0.9)).hasMessageContaining("change of 0.0");
        assertThatThrownBy(() -> DetectableEffect.pairsFor(0.01, 0.1, 0.05, 0.04))
                .hasMessageContaining("power");
    }
}
