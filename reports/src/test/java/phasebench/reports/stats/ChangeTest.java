package phasebench.reports.stats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.reports.stats.Change.Scale;

class ChangeTest {
    /// By hand: log ratios ln 0.9, ln 0.8, mean -0.16425, sd 0.083287, t(1) 12.706.
    @Test
    void aRelativeChangeIsTheMeanOfLogRatios() {
        Change change = Change.relative(new double[] {100, 200}, new double[] {90, 160}, 1);
        assertThat(change.scale()).isEqualTo(Scale.RELATIVE);
        assertThat(change.n()).isEqualTo(2);
        assertThat(change.estimate()).isCloseTo(Math.sqrt(0.9 * 0.8) - 1, within(1e-12));
        double reach = 12.7062 * 0.0832845 / Math.sqrt(2);
        Interval interval = requireNonNull(change.interval());
        assertThat(interval.low()).isCloseTo(Math.exp(-0.164252 - reach) - 1, within(1e-4));
        assertThat(interval.high()).isCloseTo(Math.exp(-0.164252 + reach) - 1, within(1e-4));
        assertThat(change.bootstrap()).isNull();
    }

    @Test
    void pairingRemovesWhatBothSidesShare() {
        double[] baseline = {100, 150, 80, 220, 130};
        double[] variant = {90.1, 134.8, 72.1, 197.9, 117.2};
        Interval interval = requireNonNull(Change.relative(baseline, variant, 1).interval());
        assertThat(interval.high() - interval.low()).isLessThan(0.01);
        assertThat(Finding.of(Change.relative(baseline, variant, 1))).isInstanceOf(Finding.ClearlyLower.class);
    }

    @Test
    void zerosAreComparedByDifference() {
        Change change = Change.relative(new double[] {0, 2, 0}, new double[] {1, 3, 2}, 1);
        assertThat(change.scale()).isEqualTo(Scale.ABSOLUTE);
        assertThat(change.estimate()).isCloseTo(4 / 3.0, within(1e-12));
    }

    @Test
    void whatNeverVariesIsExact() {
        Change change = Change.absolute(new double[] {24, 24}, new double[] {3, 3}, 1);
        assertThat(change).isEqualTo(new Change(Scale.EXACT, -21, null, null, 2));
        assertThat(Finding.of(change)).isInstanceOf(Finding.ClearlyLower.class);
        assertThat(Finding.of(change).isIndicative()).isFalse();
        Change same = Change.relative(new double[] {3, 3}, new double[] {3, 3}, 1);
        assertThat(Finding.of(same)).isInstanceOf(Finding.NoSupportedDifference.class);
    }

    @Test
    void onePairIsNotEnough() {
        Change change = Change.relative(new double[] {3}, new double[] {2}, 1);
        assertThat(change.interval()).isNull();
        assertThat(Finding.of(change)).isEqualTo(new Finding.NotEnoughData(1, 2));
        assertThat(Finding.of(null)).isEqualTo(new Finding.NotEnoughData(0, 2));
    }

    @Test
    void fewerThanFivePairsAreIndicative() {
        double[] four = {1, 2, 3, 4};
        double[] five = {1, 2, 3, 4, 5};
        assertThat(Finding.of(Change.relative(four, new double[] {2, 5, 6, 8}, 1))
                        .isIndicative())
                .isTrue();
        assertThat(Finding.of(Change.relative(five, new double[] {2, 5, 6, 8, 9}, 1))
                        .isIndicative())
                .isFalse();
    }

    @Test
    void eightPairsGetABootstrapToo() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(Change.relative(values, new double[] {2, 3, 4, 5, 6, 7, 8, 9}, 1)
                        .bootstrap())
                .isNotNull();
    }

    @Test
    void whatIsNotPairedIsRefused() {
        assertThatThrownBy(() -> Change.relative(new double[] {1}, new double[] {1, 2}, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Method: 2000 comparisons of a variant with itself, four noisy pairs each (3 % per trial): a clear finding may
    /// come up in 5 % of them, plus four standard errors. A planted change of 20 % must be found in nine of ten.
    @Test
    void nothingIsFoundWhereNothingIsAndAPlantedChangeIs() {
        Random random = new Random(5);
        int falseFindings = 0;
        int found = 0;
        for (int run = 0; run < 2000; run++) {
            falseFindings += isClear(Finding.of(Change.relative(noisy(random, 1), noisy(random, 1), 1))) ? 1 : 0;
            found +=
                    Finding.of(Change.relative(noisy(random, 1), noisy(random, 0.8), 1)) instanceof Finding.ClearlyLower
                            ? 1
                            : 0;
        }
        assertThat(falseFindings / 2000.0).isLessThan(0.05 + 4 * Math.sqrt(0.05 * 0.95 / 2000));
        assertThat(found / 2000.0).isGreaterThan(0.9);
    }

    private static boolean isClear(Finding finding) {
        return finding instanceof Finding.ClearlyLower || finding instanceof Finding.ClearlyHigher;
    }

    private static double[] noisy(Random random, double truth) {
        return random.doubles(4)
                .map(_ -> truth * Math.exp(0.03 * random.nextGaussian()))
                .toArray();
    }
}
