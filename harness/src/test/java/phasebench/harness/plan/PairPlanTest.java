package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.harness.Samples;
import phasebench.reports.rundir.PairRecord.Order;
import phasebench.scenarios.ExperimentSpec;

class PairPlanTest {
    private final ExperimentSpec spec = Samples.duet(
            6, 0, Samples.variant("a", Map.of()), Samples.variant("b", Map.of()), Samples.variant("c", Map.of()));

    @Test
    void everyCandidateMeetsTheBaselineAndEachComesFirstEquallyOften() {
        ExperimentPlan plan = ExperimentPlan.of(spec);

        assertThat(plan.directoryNames())
                .hasSize(12)
                .startsWith("pair-01-a-b", "pair-01-a-c", "pair-02-a-b", "pair-02-a-c");
        for (String candidate : List.of("b", "c")) {
            assertThat(plan.pairs())
                    .filteredOn(pair -> pair.candidate().id().equals(candidate))
                    .filteredOn(pair -> pair.order() == Order.BASELINE_FIRST)
                    .hasSize(3);
        }
        assertThat(plan.trials()).isEmpty();
        assertThat(plan.jvmCount()).isEqualTo(48);
    }

    @Test
    void theOrderFollowsFromTheSeed() {
        assertThat(PairPlan.of(spec)).isEqualTo(PairPlan.of(spec));
    }

    @Test
    void aRepeatKeepsItsOrderUnderAnotherName() {
        PairPlan first = PairPlan.of(spec).getFirst();

        assertThat(first.again().order()).isEqualTo(first.order());
        assertThat(first.again().id().directoryName()).isEqualTo("pair-01-a-b.2");
    }
}
