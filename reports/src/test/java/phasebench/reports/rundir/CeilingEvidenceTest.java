package phasebench.reports.rundir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CeilingEvidenceTest {
    private static CeilingEvidence ceiling(int threads, double wanted) {
        return new CeilingEvidence(1, "recvmmsg", 1000, List.of(900.0, 450.0, 440.0), 0, "", threads, wanted);
    }

    @Test
    void theMiddleRoundAndTheBusiestAllowedThreadMakeTheCeiling() {
        assertThat(ceiling(1, 1).packetsPerSecondMax()).isCloseTo(2_000_000, within(1e-3));
        assertThat(ceiling(2, 1).packetsPerSecondMax()).isCloseTo(4_000_000, within(1e-3));
    }

    @Test
    void aScenarioAboveEightTenthsIsClose() {
        assertThat(ceiling(1, 1_590_000).isClose()).isFalse();
        assertThat(ceiling(1, 1_610_000).isClose()).isTrue();
        assertThat(ceiling(2, 1_610_000).isClose()).isFalse();
        assertThat(ceiling(1, 1_610_000).warning())
                .contains("81 % of what the load generator can receive", "1,610,000 of 2,000,000 packets/s");
    }

    @Test
    void theSentenceTellsWhatWasMissing() {
        assertThat(ceiling(1, 500_000).sentence())
                .isEqualTo(
                        "the load generator can receive about 2,000,000 packets/s here; the scenario asks for 500,000"
                                + " (25 %)");
        assertThat(new CeilingEvidence(1, "", 1, List.of(450.0), 3, "9 packets lost", 1, 1).sentence())
                .endsWith("3 packets were missing, and its audit says: 9 packets lost");
    }

    @Test
    void withoutAPriceThereIsNoCeiling() {
        assertThatThrownBy(() -> new CeilingEvidence(1, "", 1, List.of(), 0, "", 1, 1))
                .hasMessage("cpuNsPerPacket has no positive values: []");
        assertThatThrownBy(() -> new CeilingEvidence(1, "", 1, List.of(Double.NaN), 0, "", 1, 1))
                .hasMessageContaining("cpuNsPerPacket");
    }
}
