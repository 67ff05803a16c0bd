package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialIntervalTest {
    /// R 4, `binom.test(k, n)$conf.int`; 0 of 10 and 3 of 20 also in the tables of Clopper and Pearson.
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.3084971",
        "3, 20, 0.03207094, 0.37892683",
        "10, 200, 0.02423417, 0.09002754",
        "10, 10, 0.6915029, 1"
    })
    void theIntervalsOfRComeOut(int hits, int n, double low, double high) {
        Interval interval = BinomialInterval.of(hits, n, 0.95);
        assertThat(interval.low()).isCloseTo(low, within(5e-8));
        assertThat(interval.high()).isCloseTo(high, within(5e-8));
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> BinomialInterval.of(3, 2, 0.95)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> BinomialInterval.of(0, 0, 0.95)).hasMessageContaining("0 of 0");
        assertThatThrownBy(() -> BinomialInterval.of(-1, 2, 0.95)).hasMessageContaining("-1 of 2");
    }
}
