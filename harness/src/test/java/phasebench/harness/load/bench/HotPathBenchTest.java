package phasebench.harness.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HotPathBenchTest {
    @Test
    void everyKindOfWorkIsDoneAndCharged() {
        List<HotPathBench.Cost> costs = new HotPathBench(new BenchSize(20, 1, 2, Duration.ofMillis(200))).measure();

        assertThat(costs)
                .hasSize(5)
                .allSatisfy(cost -> assertThat(cost.cpuNs())
                        .hasSize(2)
                        .allSatisfy(ns -> assertThat(ns).isPositive()));
    }
}
