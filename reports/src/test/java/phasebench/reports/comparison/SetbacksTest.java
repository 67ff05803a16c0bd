package phasebench.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import phasebench.reports.rundir.TrialOutcome;

class SetbacksTest {
    private static final TrialOutcome MEASURED = new TrialOutcome.Measured();
    private static final TrialOutcome DISTURBED =
            new TrialOutcome.Invalid(List.of("machine disturbed: others used 31.0 %", "unequal load: 3 of 4 viewers"));

    @Test
    void nothingIsSaidWhereAllCount() {
        assertThat(Setbacks.of(List.of())).isEmpty();
        assertThat(Setbacks.of(List.of(MEASURED, MEASURED))).isEmpty();
    }

    @Test
    void aDisturbedMachineCannotMeasureNow() {
        assertThat(Setbacks.of(List.of(MEASURED, DISTURBED, DISTURBED)))
                .isEqualTo("2 of 3 were invalid (the first: machine disturbed: others used 31.0 %;"
                        + " unequal load: 3 of 4 viewers): not measurable now.");
    }

    @Test
    void whatTheRelayDidIsNotTheMachines() {
        assertThat(Setbacks.of(List.of(new TrialOutcome.Failed(List.of("the relay died")), DISTURBED)))
                .isEqualTo("2 of 2 were invalid or failed (the first: the relay died).");
        assertThat(Setbacks.of(List.of(new TrialOutcome.Invalid(List.of("relay: 3 packets were corrupted")))))
                .isEqualTo("1 of 1 were invalid (the first: relay: 3 packets were corrupted).");
    }
}
