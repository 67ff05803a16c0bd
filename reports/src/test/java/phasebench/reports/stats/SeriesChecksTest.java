package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phasebench.reports.stats.SeriesChecks.Suspicion;

class SeriesChecksTest {
    @Test
    void aSeriesThatClimbsDrifts() {
        double[] values = IntStream.range(0, 12)
                .mapToDouble(i -> 0.001 * i + (i % 2 == 0 ? 0.0004 : 0))
                .toArray();
        assertThat(SeriesChecks.of(values))
                .singleElement()
                .isInstanceOfSatisfying(
                        Suspicion.Drifting.class,
                        drift -> assertThat(drift.change()).isCloseTo(0.011, within(0.001)));
    }

    @Test
    void longRunsOnOneSideAreAutocorrelated() {
        double[] values = {1, 1.1, 1.2, 1.1, -1, -1.1, -1.2, -1, 1.1, 1, 1.2, 1.05, -1, -1.2, -1.1, -1};
        assertThat(SeriesChecks.of(values))
                .singleElement()
                .isInstanceOfSatisfying(
                        Suspicion.Autocorrelated.class,
                        found -> assertThat(found.lag1()).isBetween(0.4, 0.8));
    }

    @Test
    void aValueFarOffIsNamed() {
        assertThat(SeriesChecks.of(new double[] {1, 1.1, 0.9, 1.05, 9, 0.95}))
                .containsExactly(new Suspicion.Outlying(List.of(4)));
    }

    /// R 4, `e1071::skewness(c(2, 4, 4, 4, 5, 5, 7, 9), type = 2)` is 0.8184876.
    @Test
    void aLongSideIsLopsided() {
        assertThat(SeriesChecks.skewness(new double[] {2, 4, 4, 4, 5, 5, 7, 9})).isCloseTo(0.8184876, within(1e-7));
        assertThat(SeriesChecks.of(
                        new double[] {1, 2.6, 1.2, 1.1, 1.5, 1.3, 1, 1.7, 1.15, 4.2, 1.25, 1.4, 1.05, 3.0, 1.2}))
                .anySatisfy(found -> assertThat(found).isInstanceOf(Suspicion.Lopsided.class));
    }

    @Test
    void shortOrFrozenSeriesShowNothing() {
        assertThat(SeriesChecks.of(new double[] {1, 2, 3, 400})).isEmpty();
        assertThat(SeriesChecks.of(new double[] {2, 2, 2, 2, 2, 2, 2, 2, 2})).isEmpty();
    }

    /// Method: 4000 series of independent normal values; each check has its own limit.
    @Test
    void falseAlarmsAreRare() {
        Random random = new Random(8);
        for (int n : new int[] {8, 10, 20, 40}) {
            int autocorrelated = 0;
            int drifting = 0;
            int lopsided = 0;
            for (int run = 0; run < 4000; run++) {
                List<Suspicion> found = SeriesChecks.of(
                        random.doubles(n).map(_ -> random.nextGaussian()).toArray());
                autocorrelated += found.stream().anyMatch(Suspicion.Autocorrelated.class::isInstance) ? 1 : 0;
                lopsided += found.stream().anyMatch(Suspicion.Lopsided.class::isInstance) ? 1 : 0;
                drifting += found.stream().anyMatch(Suspicion.Drifting.class::isInstance) ? 1 : 0;
            }
            assertThat(autocorrelated / 4000.0).as("autocorrelated, n = " + n).isLessThan(0.035);
            assertThat(lopsided / 4000.0).as("lopsided, n = " + n).isLessThan(0.03);
            assertThat(drifting / 4000.0).as("drifting, n = " + n).isLessThan(0.015);
        }
    }
}
