package phasebench.harness.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.reports.rundir.CeilingEvidence;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CeilingProbeIT {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @Test
    void aProcessOfItsOwnSaysWhatTheGeneratorsEngineCanTake() throws Exception {
        CeilingEvidence ceiling = new CeilingProbe(List.of(), JAVA_HOME).measure(2, 6_000);

        assertThat(ceiling.engine()).contains("recvmmsg");
        assertThat(ceiling.viewers()).isEqualTo(CeilingMain.SIZE.viewers());
        assertThat(ceiling.cpuNsPerPacket()).hasSize(CeilingMain.SIZE.rounds());
        assertThat(ceiling.threads()).isEqualTo(2);
        assertThat(ceiling.packetsPerSecondMax()).isFinite().isGreaterThan(6_000);
        assertThat(ceiling.isClose()).isFalse();
        System.out.println(ceiling.sentence());
    }

    @Test
    void aProcessThatFailsIsNamedWithItsWords() {
        CeilingProbe broken = new CeilingProbe(List.of("sh", "-c", "echo no core >&2; exit 7"), JAVA_HOME);

        assertThatThrownBy(() -> broken.measure(1, 1))
                .isInstanceOf(CeilingException.class)
                .hasMessage("the load generator's ceiling was not measured: its process ended with 7: no core");
    }
}
