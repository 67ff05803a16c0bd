package phasebench.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpPaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void unitsOfAGroupTakeAQuarterOfTheirTime() {
        var pace = new CatchUpPace(100 * SECOND, 90 * SECOND);
        assertThat(pace.waitNs(90 * SECOND, 100 * SECOND)).isZero();
        assertThat(pace.waitNs(94 * SECOND, 100 * SECOND)).isEqualTo(SECOND);
        assertThat(pace.waitNs(94 * SECOND, 102 * SECOND)).isNegative();
    }

    @Test
    void aUnitThatHasJustArrivedNeverWaitsOnceTheViewerHasCaughtUp() {
        var pace = new CatchUpPace(100 * SECOND, 97 * SECOND);
        assertThat(pace.waitNs(101 * SECOND, 101 * SECOND)).isZero();
        assertThat(pace.waitNs(200 * SECOND, 200 * SECOND)).isNegative();
    }
}
