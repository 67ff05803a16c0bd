package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSequentialTest {
    /// Student 1908, the sleep of ten patients: hours gained by the one drug less those by the other. R
    /// 4, paired `t.test` on `sleep`: t = -4.0621, df = 9, p = 0.002833, interval -2.4598858 to
    /// -0.7001142.
    private static final double[] SLEEP = {-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4};

    /// Lan and DeMets 1983; Reboussin, DeMets, Kim and Lan 2000 (the program ld98): two-sided 0.05, three
    /// equal steps.
    @Test
    void thePublishedBoundariesLikeThoseOfOBrienAndFlemingComeOut() {
        assertThat(SequentialBoundaries.of(new double[] {1 / 3.0, 2 / 3.0, 1}, 0.05, Spending.OBRIEN_FLEMING))
                .containsExactly(new double[] {3.7103, 2.5114, 1.9930}, within(1e-4));
        assertThat(SequentialBoundaries.of(new double[] {0.5, 1}, 0.05, Spending.OBRIEN_FLEMING))
                .containsExactly(new double[] {2.9626, 1.9686}, within(1e-4));
    }

    /// The same sources; confirmed by the multivariate normal distribution of SciPy 1.17.
    @Test
    void thePublishedBoundariesLikeThoseOfPocockComeOut() {
        assertThat(SequentialBoundaries.of(new double[] {1 / 3.0, 2 / 3.0, 1}, 0.05, Spending.POCOCK))
                .containsExactly(new double[] {2.2794, 2.2949, 2.2959}, within(1e-4));
        assertThat(SequentialBoundaries.of(new double[] {0.5, 1}, 0.05, Spending.POCOCK))
                .containsExactly(new double[] {2.1570, 2.2010}, within(1e-4));
    }

    @Test
    void allOfTheErrorIsSpentAtTheEnd() {
        for (Spending spending : Spending.values()) {
            assertThat(spending.spent(0.05, 1)).isCloseTo(0.05, within(1e-12));
            assertThat(spending.spent(0.05, 0.3)).isBetween(0.0, spending.spent(0.05, 0.6));
        }
    }

    @Test
    void withOneLookItIsStudentsTest() {
        GroupSequential single = new GroupSequential(List.of(), Spending.OBRIEN_FLEMING);
        assertThat(single.pValue(SLEEP)).isCloseTo(0.002833, within(5e-7));
        Interval interval = single.interval(SLEEP, 0.05);
        assertThat(interval.low()).isCloseTo(-2.4598858, within(5e-8));
        assertThat(interval.high()).isCloseTo(-0.7001142, within(5e-8));
        assertThat(new GroupSequential(List.of(10), Spending.POCOCK).interval(SLEEP, 0.05))
                .isEqualTo(interval);
    }

    /// By definition: the interval at the level of the p-value ends at 0.
    @ParameterizedTest
    @ValueSource(ints = {7, 10, 13, 20, 31, 40, 55})
    void theRepeatedIntervalAtTheRepeatedPValueEndsAtZero(int n) {
        GroupSequential design = new GroupSequential(List.of(10, 20, 40), Spending.OBRIEN_FLEMING);
        Random random = new Random(n);
        double[] values =
                random.doubles(n).map(_ -> 0.8 + random.nextGaussian()).toArray();
        double p = design.pValue(values);
        assertThat(p).isBetween(GroupSequential.P_MIN * 2, 0.999);
        Interval interval = design.interval(values, p);
        double end = interval.estimate() > 0 ? interval.low() : interval.high();
        assertThat(end / interval.estimate()).isCloseTo(0, within(1e-5));
    }

    @Test
    void anEarlyLookAsksForMoreAndTheLastForHardlyMore() {
        GroupSequential design = new GroupSequential(List.of(10, 20, 40), Spending.OBRIEN_FLEMING);
        GroupSequential single = new GroupSequential(List.of(), Spending.OBRIEN_FLEMING);
        assertThat(design.criticalT(10, 0.05)).isGreaterThan(2 * single.criticalT(10, 0.05));
        assertThat(design.criticalT(20, 0.05)).isGreaterThan(1.3 * single.criticalT(20, 0.05));
        assertThat(design.criticalT(40, 0.05)).isBetween(single.criticalT(40, 0.05), 1.03 * single.criticalT(40, 0.05));
        assertThat(design.criticalT(19, 0.05)).isGreaterThan(design.criticalT(20, 0.05));
        assertThat(design.nominalLevel(41, 0.05)).isCloseTo(design.nominalLevel(40, 0.05), within(1e-3));
    }

    @Test
    void aStricterLevelNeverGivesAShorterInterval() {
        GroupSequential design = new GroupSequential(List.of(5, 9, 12), Spending.POCOCK);
        for (int n : new int[] {5, 9, 12}) {
            double before = 0;
            for (double alpha = 0.5; alpha > 1e-11; alpha /= 3) {
                assertThat(design.criticalT(n, alpha)).isGreaterThan(before);
                before = design.criticalT(n, alpha);
            }
        }
    }

    @Test
    void whatDoesNotVaryIsCertainOrNothing() {
        GroupSequential single = new GroupSequential(List.of(), Spending.OBRIEN_FLEMING);
        assertThat(single.pValue(new double[] {0, 0, 0})).isEqualTo(1);
        assertThat(single.pValue(new double[] {1, 1, 1})).isEqualTo(GroupSequential.P_MIN);
        assertThat(single.pValue(new double[] {-1, 1})).isEqualTo(1);
    }

    @Test
    void looksThatMakeNoSenseAreRefused() {
        for (List<Integer> looks : List.of(List.of(1), List.of(10, 10), List.of(20, 10), List.of(5, 10, 20, 40))) {
            assertThatThrownBy(() -> new GroupSequential(looks, Spending.POCOCK))
                    .hasMessageContaining("look")
                    .hasMessageContaining(looks.toString());
        }
    }
}
