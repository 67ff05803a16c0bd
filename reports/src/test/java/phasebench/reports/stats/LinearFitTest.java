package phasebench.reports.stats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearFitTest {
    /// NIST Statistical Reference Datasets, linear regression, `Norris`: y, x.
    private static final double[][] NORRIS = {
        {0.1, 0.2}, {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1}, {228.1, 226.5},
        {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
        {0.1, 0.6}, {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
        {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
        {0.6, 0.3}, {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
        {10.2, 11.1}, {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5}
    };

    @Test
    void theCertifiedValuesOfNorrisComeOut() {
        double[] x = new double[NORRIS.length];
        double[] y = new double[NORRIS.length];
        for (int i = 0; i < NORRIS.length; i++) {
            y[i] = NORRIS[i][0];
            x[i] = NORRIS[i][1];
        }

        LinearFit fit = LinearFit.of(x, y);

        assertThat(fit.n()).isEqualTo(36);
        assertThat(fit.slope()).isCloseTo(1.00211681802045, within(1e-12));
        assertThat(fit.intercept()).isCloseTo(-0.262323073774029, within(1e-10));
        assertThat(fit.slopeError()).isCloseTo(0.429796848199937e-3, within(1e-13));
        assertThat(fit.interceptError()).isCloseTo(0.232818234301152, within(1e-10));
        assertThat(fit.residualDeviation()).isCloseTo(0.884796396144373, within(1e-10));
    }

    /// By hand: means 2 and 4, sum of squares of x 10, of products 6, residual squares 2.4, t(3) at 97.5 % 3.18245.
    @Test
    void theIntervalOfTheSlopeIsThatOfAHandComputedLine() {
        LinearFit fit = LinearFit.of(new double[] {0, 1, 2, 3, 4}, new double[] {2, 4, 5, 4, 5});

        Interval slope = requireNonNull(fit.slopeInterval(0.95));
        assertThat(slope.estimate()).isCloseTo(0.6, within(1e-12));
        double reach = 3.182446 * Math.sqrt(2.4 / 3 / 10);
        assertThat(slope.low()).isCloseTo(0.6 - reach, within(1e-6));
        assertThat(slope.high()).isCloseTo(0.6 + reach, within(1e-6));
        assertThat(fit.intercept()).isCloseTo(2.8, within(1e-12));
        assertThat(requireNonNull(fit.interceptInterval(0.95)).high())
                .isCloseTo(2.8 + 3.182446 * Math.sqrt(0.8 * (0.2 + 4 / 10.0)), within(1e-6));
        assertThat(fit.at(10)).isCloseTo(8.8, within(1e-12));
    }

    /// Means 1, 4, 3 at x 0, 1, 2: the line is 5/3 + x, the means lie 2/3, 4/3 and 2/3 off it. Their squares are
    /// 2 x 24/9 with 1 degree of freedom, those about the means 1.5 with 3: F = 10.667, the square of a t of 3.266,
    /// and p = 0.0469 by the t distribution with 3 degrees of freedom.
    @Test
    void aBendIsFoundAgainstTheSpreadOfRepetitions() {
        LinearFit fit = LinearFit.of(new double[] {0, 0, 1, 1, 2, 2}, new double[] {0.5, 1.5, 3.5, 4.5, 2.5, 3.5});

        assertThat(fit.bend().meanApartMax()).isCloseTo(4 / 3.0, within(1e-12));
        assertThat(requireNonNull(fit.bend().lackOfFit())).isCloseTo(0.0469, within(1e-4));
    }

    @Test
    void withoutRepetitionsThereIsNoTestForABend() {
        LinearFit fit = LinearFit.of(new double[] {0, 1, 2}, new double[] {1, 4, 3});
        assertThat(fit.bend().lackOfFit()).isNull();
        assertThat(fit.bend().meanApartMax()).isPositive();
    }

    @Test
    void twoPointsMakeALineWithoutAnInterval() {
        LinearFit fit = LinearFit.of(new double[] {0, 100}, new double[] {5, 205});
        assertThat(fit.slope()).isEqualTo(2);
        assertThat(fit.slopeInterval(0.95)).isNull();
        assertThat(fit.slopeMinus(fit, 0.95)).isNull();
    }

    /// Two lines with the same error each: n - 2 degrees of freedom from both, and an error of sqrt 2 of one.
    @Test
    void theDifferenceOfTwoSlopesHasWelchsInterval() {
        LinearFit steep = LinearFit.of(new double[] {0, 1, 2, 3, 4}, new double[] {2, 14, 25, 34, 45});
        LinearFit flat = LinearFit.of(new double[] {0, 1, 2, 3, 4}, new double[] {2, 4, 5, 4, 5});

        Interval difference = requireNonNull(steep.slopeMinus(flat, 0.95));
        assertThat(difference.estimate()).isCloseTo(10, within(1e-12));
        // t(6) at 97.5 %
        assertThat(difference.high() - 10).isCloseTo(2.446912 * Math.sqrt(2 * 0.08), within(1e-6));
    }

    @Test
    void noLineGoesThroughOneX() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearFit.of(new double[] {3, 3}, new double[] {1, 2}))
                .withMessageContaining("[3.0, 3.0]");
    }
}
