package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final double[] VALUES = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

    @Test
    void theSameSeedGivesTheSameInterval() {
        assertThat(Bootstrap.ofMean(VALUES, 0.95, 1)).isEqualTo(Bootstrap.ofMean(VALUES, 0.95, 1));
        assertThat(Bootstrap.ofMean(VALUES, 0.95, 1)).isNotEqualTo(Bootstrap.ofMean(VALUES, 0.95, 2));
    }

    /// One large value pulls the interval to its side, which the symmetric t interval cannot show.
    @Test
    void aSkewedSampleHasALongerSide() {
        Interval interval = Bootstrap.ofMean(VALUES, 0.95, 1);
        assertThat(interval.estimate()).isCloseTo(1.58, within(1e-9));
        assertThat(interval.high() - interval.estimate()).isGreaterThan(1.2 * (interval.estimate() - interval.low()));
    }

    @Test
    void equalValuesHaveAnIntervalOfNoLength() {
        Interval interval = Bootstrap.ofMean(new double[] {2, 2, 2, 2, 2, 2, 2, 2}, 0.95, 1);
        assertThat(interval.low()).isEqualTo(2);
        assertThat(interval.high()).isEqualTo(2);
    }

    @Test
    void fewValuesAreRefused() {
        assertThatThrownBy(() -> Bootstrap.ofMean(new double[7], 0.95, 1)).hasMessageContaining("need >= 8");
    }

    /// Method: 300 samples of 12 from a normal distribution. With so few values the bootstrap is known to fall short of
    /// 95 %; it must not fall below 88 %, nor exceed 98 %.
    @Test
    void itsIntervalsHoldTheMeanAboutAsOftenAsPromised() {
        Random random = new Random(20261122);
        int held = 0;
        for (int run = 0; run < 300; run++) {
            double[] values = random.doubles(12).map(_ -> random.nextGaussian()).toArray();
            held += Bootstrap.ofMean(values, 0.95, run).contains(0) ? 1 : 0;
        }
        assertThat(held / 300.0).isBetween(0.88, 0.98);
    }
}
