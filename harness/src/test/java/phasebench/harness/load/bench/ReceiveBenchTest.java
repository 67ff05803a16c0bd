package phasebench.harness.load.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.reports.stats.Interval;

@Timeout(60)
class ReceiveBenchTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void everyWayOfReceivingGetsEveryPacketAndIsCharged() throws Exception {
        List<ReceiveBench.Outcome> outcomes =
                new ReceiveBench(new BenchSize(20, 1, 2, Duration.ofMillis(300))).measure();

        assertThat(outcomes).hasSize(4).allSatisfy(outcome -> {
            assertThat(outcome.packetsMissing()).isZero();
            assertThat(outcome.complaint()).isEmpty();
            assertThat(outcome.cpuNsPerPacket())
                    .hasSize(2)
                    .allSatisfy(cost -> assertThat(cost).isPositive());
            assertThat(outcome.sendingNsPerPacket())
                    .hasSize(2)
                    .allSatisfy(cost -> assertThat(cost).isPositive());
        });
        assertThat(outcomes.getFirst().name()).startsWith("DatagramChannel.receive");
        assertThat(outcomes.getLast().name()).contains("recvmmsg");
    }

    private static ReceiveBench.Outcome outcome(double... costs) {
        List<Double> list = Arrays.stream(costs).boxed().toList();
        return new ReceiveBench.Outcome("", list, list, 0, "");
    }

    @Test
    void theRatioIsOfTheSameRounds() {
        ReceiveBench.Outcome plain = outcome(100, 200, 400, 100, 200, 400, 100, 200);
        ReceiveBench.Outcome engine = outcome(50, 100, 200, 50, 100, 200, 60, 80);
        assertThat(engine.median()).isEqualTo(90);
        Interval ratio = requireNonNull(engine.ratioTo(plain));
        assertThat(ratio.estimate()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.low()).isBetween(0.4, 0.5);
        assertThat(ratio.high()).isBetween(0.5, 0.6);
        assertThat(outcome(50, 60).ratioTo(outcome(100, 120)))
                .as("of two rounds")
                .isNull();
    }

    @Test
    void aSizeThatMeasuresNothingIsRefused() {
        assertThatThrownBy(() -> new BenchSize(0, 1, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("viewers is not within 1..10000: 0");
        assertThatThrownBy(() -> new BenchSize(1, 1, 1, Duration.ofMillis(20))).hasMessageContaining("too few rounds");
    }
}
