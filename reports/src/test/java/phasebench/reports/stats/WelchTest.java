package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WelchTest {
    /// Student's sleep data (1908), as R's `t.test(extra ~ group, data = sleep)` prints them: difference
    /// -1.58, p 0.07939, interval -3.3654832 to 0.2054832 (group 1 less group 2).
    private static final double[] GROUP_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] GROUP_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void theSleepDataGiveWhatRPrints() {
        Welch welch = Welch.of(GROUP_2, GROUP_1, 0.95);

        assertThat(welch.difference()).isCloseTo(-1.58, within(1e-12));
        assertThat(welch.interval().low()).isCloseTo(-3.3654832, within(5e-8));
        assertThat(welch.interval().high()).isCloseTo(0.2054832, within(5e-8));
        assertThat(welch.pValue()).isCloseTo(0.07939, within(5e-6));
    }

    @Test
    void degreesOfFreedomAreSatterthwaites() {
        assertThat(Welch.degreesOfFreedom(Welch.squaredError(GROUP_1), 9, Welch.squaredError(GROUP_2), 9))
                .isCloseTo(17.776, within(5e-4));
    }

    @Test
    void whereNothingVariesThereIsNoTest() {
        double[] constant = {1, 1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Welch.of(constant, constant, 0.95))
                .withMessage("nothing varies in either sample");
    }
}
