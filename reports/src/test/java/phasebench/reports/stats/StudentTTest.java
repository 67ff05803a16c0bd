package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    /// Two-sided 95 % and 99 % points: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
    @ParameterizedTest
    @CsvSource({
        "1, 0.975, 12.706",
        "2, 0.975, 4.303",
        "3, 0.975, 3.182",
        "4, 0.975, 2.776",
        "9, 0.975, 2.262",
        "11, 0.975, 2.201",
        "30, 0.975, 2.042",
        "9, 0.995, 3.250"
    })
    void quantilesAreThoseOfTheTable(int degreesOfFreedom, double probability, double expected) {
        assertThat(StudentT.quantile(degreesOfFreedom, probability)).isCloseTo(expected, within(0.0006));
    }

    /// Student (1908), "The probable error of a mean": additional hours of sleep of ten patients, mean 1.58, t = 4.06.
    @Test
    void studentsOwnExample() {
        double[] difference = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
        Interval interval = StudentT.ofMean(difference, 0.95);
        assertThat(interval.estimate()).isCloseTo(1.58, within(1e-9));
        assertThat(interval.low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(interval.high()).isCloseTo(2.4598858, within(1e-6));
    }

    @Test
    void oneValueHasNoInterval() {
        assertThatThrownBy(() -> StudentT.ofMean(new double[] {1}, 0.95)).hasMessageContaining("need >= 2");
    }

    /// Method: 4000 samples of a normal distribution, for each n; a 95 % interval must hold the mean in 95 % of them.
    /// The tolerance is four standard errors of that share.
    @ParameterizedTest
    @CsvSource({"2", "4", "12"})
    void ninetyFivePercentOfIntervalsHoldTheMean(int n) {
        Random random = new Random(20261122);
        int runs = 4000;
        int held = 0;
        for (int run = 0; run < runs; run++) {
            double[] values =
                    random.doubles(n).map(_ -> 3 + 0.5 * random.nextGaussian()).toArray();
            held += StudentT.ofMean(values, 0.95).contains(3) ? 1 : 0;
        }
        assertThat(held / (double) runs).isCloseTo(0.95, within(4 * Math.sqrt(0.95 * 0.05 / runs)));
    }
}
