package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogRatioTest {
    @Test
    void aSingleStepHasTheTIntervalOfItsMean() {
        double[] logs = {0.01, 0.03, -0.02, 0.015};
        Interval expected = StudentT.ofMean(logs, 0.95);

        Interval ratio = LogRatio.ofMean(logs).ratio(0.95);

        assertThat(Math.log(ratio.estimate())).isCloseTo(expected.estimate(), within(1e-12));
        assertThat(Math.log(ratio.low())).isCloseTo(expected.low(), within(1e-12));
        assertThat(Math.log(ratio.high())).isCloseTo(expected.high(), within(1e-12));
    }

    @Test
    void whatNeverVariesHasNoWidthAndAddsNone() {
        LogRatio still = LogRatio.ofMean(new double[] {-0.5, -0.5, -0.5});
        LogRatio moving = LogRatio.ofMean(new double[] {0.1, 0.2, 0.3});

        assertThat(still.ratio(0.95)).isEqualTo(new Interval(Math.exp(-0.5), Math.exp(-0.5), Math.exp(-0.5), 0.95));
        assertThat(still.plus(still).ratio(0.95).low()).isCloseTo(Math.exp(-1), within(1e-12));
        assertThat(still.plus(moving).degreesOfFreedom()).isCloseTo(2, within(1e-12));
        assertThat(moving.plus(still).squaredError()).isEqualTo(moving.squaredError());
    }

    /// Satterthwaite's degrees of freedom do not depend on which steps are taken together first.
    @Test
    void stepsMayBeTakenTogetherInAnyOrder() {
        LogRatio one = LogRatio.ofMean(new double[] {0.01, 0.03, -0.02, 0.015});
        LogRatio two = LogRatio.ofMean(new double[] {-0.1, -0.12, -0.11});
        LogRatio three = LogRatio.ofMean(new double[] {0.001, 0.002, 0.004, 0.003, 0.001});

        LogRatio leftFirst = one.plus(two).plus(three);
        LogRatio rightFirst = one.plus(two.plus(three));

        assertThat(leftFirst.estimate()).isCloseTo(rightFirst.estimate(), within(1e-15));
        assertThat(leftFirst.squaredError()).isCloseTo(rightFirst.squaredError(), within(1e-15));
        assertThat(leftFirst.degreesOfFreedom()).isCloseTo(rightFirst.degreesOfFreedom(), within(1e-9));
    }

    /// Monte Carlo: 4000 ladders of six phases with 3 to 8 launch pairs, whose spreads differ fourfold. The share
    /// of 95 % intervals that hold the true product is within five standard errors of 95 %, or a little above.
    @Test
    void nineteenOfTwentyProductsHoldTheTruth() {
        Random random = new Random(20261201);
        int held = 0;
        for (int i = 0; i < 4000; i++) {
            LogRatio product = LogRatio.ofMean(noisy(random, 3));
            for (int n = 4; n <= 8; n++) {
                product = product.plus(LogRatio.ofMean(noisy(random, n)));
            }
            held += product.ratio(0.95).contains(Math.exp(-0.6)) ? 1 : 0;
        }
        assertThat(held / 4000.0).isBetween(0.933, 0.98);
    }

    private static double[] noisy(Random random, int n) {
        return random.doubles(n)
                .map(_ -> -0.1 + 0.002 * (n % 4 + 1) * random.nextGaussian())
                .toArray();
    }
}
