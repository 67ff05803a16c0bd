package phasebench.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTopologyTest {
    @Test
    void theKernelsListFormatIsRead() {
        assertThat(CpuTopology.parseList(" 0-3,8\n")).containsExactly(0, 1, 2, 3, 8);
        assertThat(CpuTopology.parseList("5")).containsExactly(5);
    }

    @Test
    void relayAndLoadTakeTheFirstAndTheLastCore() {
        CpuPlacement placement = new CpuTopology(List.of(2, 3, 7), List.of("2", "3", "7")).placement(true);

        assertThat(placement).isEqualTo(new CpuPlacement(List.of(2), List.of(7), CpuPlacement.Pinning.APART));
    }

    @Test
    void oneCoreOrNoTasksetMeansNoPinning() {
        assertThat(new CpuTopology(List.of(0), List.of("0")).placement(true))
                .isEqualTo(new CpuPlacement(List.of(0), List.of(0), CpuPlacement.Pinning.NONE));
        assertThat(new CpuTopology(List.of(0, 1), List.of("0", "1")).placement(false))
                .isEqualTo(new CpuPlacement(List.of(0, 1), List.of(0, 1), CpuPlacement.Pinning.NONE));
    }

    @Test
    void twoThreadsOfOneCoreAreNoticed() {
        assertThat(new CpuTopology(List.of(0, 1), List.of("0-1", "0-1")).areEndsSiblings())
                .isTrue();
        assertThat(new CpuTopology(List.of(0, 1), List.of("0", "1")).areEndsSiblings())
                .isFalse();
    }

    @Test
    void thisMachineHasACore() {
        assertThat(CpuTopology.read().allowedCores()).isNotEmpty();
    }
}
