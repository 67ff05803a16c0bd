package phasebench.reports.stats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilcoxonTest {
    /// Hollander and Wolfe 1973, page 29 (R's example of `wilcox.test`): depression before and after a
    /// tranquilizer. V = 40, two-sided p = 0.03906; estimate 0.46, interval 0.010 to 0.786 at 96.1 %.
    private static final double[] DEPRESSION = {0.952, -0.147, 1.022, 0.430, 0.620, 0.590, 0.490, -0.080, 0.010};

    @Test
    void thePublishedTestComesOut() {
        Wilcoxon test = Wilcoxon.of(DEPRESSION);
        assertThat(test.statistic()).isEqualTo(40);
        assertThat(test.pValue()).isCloseTo(0.0390625, within(1e-12));
        assertThat(HodgesLehmann.of(DEPRESSION)).isCloseTo(0.46, within(1e-12));
        Interval interval = requireNonNull(HodgesLehmann.interval(DEPRESSION, 0.95));
        assertThat(interval.low()).isCloseTo(0.010, within(1e-12));
        assertThat(interval.high()).isCloseTo(0.786, within(1e-12));
    }

    /// Wilcoxon's own table: the largest rank sums significant at two-sided 5 %.
    @ParameterizedTest
    @CsvSource({"6, 0", "7, 2", "8, 3", "9, 5", "10, 8", "12, 13", "15, 25", "20, 52", "25, 89"})
    void theTableOfCriticalValuesComesOut(int n, int largest) {
        assertThat(Wilcoxon.criticalCount(n, 0.025)).isEqualTo(largest);
    }

    @Test
    void fiveValuesCannotBeSignificant() {
        assertThat(Wilcoxon.criticalCount(5, 0.025)).isEqualTo(-1);
        assertThat(HodgesLehmann.interval(new double[] {1, 2, 3, 4, 5}, 0.95)).isNull();
        assertThat(Wilcoxon.of(new double[] {1, 2, 3, 4, 5}).pValue()).isEqualTo(0.0625);
    }

    @Test
    void equalSizesShareTheirRankAndZerosAreLeftOut() {
        // ranks 1.5, 1.5, 3; of the 8 sums only two are as far out as 6
        assertThat(Wilcoxon.of(new double[] {1, 1, 2, 0})).isEqualTo(new Wilcoxon(6, 3, 0.25));
        assertThat(Wilcoxon.of(new double[] {1, -1}).pValue()).isEqualTo(1);
        assertThat(Wilcoxon.of(new double[] {0, 0}).pValue()).isEqualTo(1);
    }

    @Test
    void theNormalDistributionTakesOverWithoutAStep() {
        Random random = new Random(3);
        double[] values = random.doubles(Wilcoxon.N_EXACT + 1)
                .map(_ -> 0.25 + random.nextGaussian())
                .toArray();
        // of the lowest rank, so that it changes next to nothing
        values[Wilcoxon.N_EXACT] = 1e-12;
        double exact = Wilcoxon.of(Arrays.copyOf(values, Wilcoxon.N_EXACT)).pValue();
        assertThat(exact).isBetween(0.001, 0.2);
        assertThat(Wilcoxon.of(values).pValue()).isCloseTo(exact, within(0.1 * exact));
        assertThat(Wilcoxon.criticalCount(Wilcoxon.N_EXACT + 1, 0.025))
                .isBetween(Wilcoxon.criticalCount(60, 0.025) + 10, Wilcoxon.criticalCount(60, 0.025) + 35);
    }

    @Test
    void oneWildValueHardlyMovesTheRobustEstimate() {
        assertThat(HodgesLehmann.of(new double[] {1, 2, 3, 4, 5})).isEqualTo(3);
        assertThat(HodgesLehmann.of(new double[] {1, 2, 3, 4, 5000})).isBetween(3.0, 3.6);
        assertThat(HodgesLehmann.of(new double[] {7})).isEqualTo(7);
    }
}
