package phasebench.harness.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ReceiveBenchTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void everyWayOfReceivingGetsEveryPacketAndIsCharged() throws Exception {
        List<ReceiveBench.Outcome> outcomes =
                new ReceiveBench(new BenchSize(20, 1, 2, Duration.ofMillis(300))).measure();

        assertThat(outcomes).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.packetsMissing()).isZero();
            assertThat(outcome.complaint()).isEmpty();
            assertThat(outcome.cpuNsPerPacket())
                    .hasSize(2)
                    .allSatisfy(cost -> assertThat(cost).isPositive());
        });
        assertThat(outcomes.getFirst().name()).startsWith("DatagramChannel.receive");
        assertThat(outcomes.getLast().name()).contains("recvmmsg");
    }

    @Test
    void theRatioIsOfTheSameRounds() {
        ReceiveBench.Outcome plain = new ReceiveBench.Outcome("plain", List.of(100.0, 200.0, 400.0), 0, "");
        ReceiveBench.Outcome engine = new ReceiveBench.Outcome("engine", List.of(50.0, 80.0, 240.0), 0, "");
        assertThat(engine.median()).isEqualTo(80);
        assertThat(engine.ratioTo(plain)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aSizeThatMeasuresNothingIsRefused() {
        assertThatThrownBy(() -> new BenchSize(0, 1, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("viewers is not within 1..10000: 0");
        assertThatThrownBy(() -> new BenchSize(1, 1, 1, Duration.ofMillis(20))).hasMessageContaining("too few rounds");
    }
}
