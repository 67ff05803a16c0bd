package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.harness.Samples;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairLayout.Cores;
import phasebench.reports.rundir.PairRecord.Order;
import phasebench.scenarios.DuetSpec;
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
                    .filteredOn(pair -> pair.lot().order() == Order.BASELINE_FIRST)
                    .hasSize(3);
        }
        assertThat(plan.trials()).isEmpty();
        assertThat(plan.jvmCount()).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 10, 11, 16, 23})
    void orderPlaceAndCoresAreBalancedWithinOneWhateverTheNumber(int count) {
        for (long seed = 0; seed < 20; seed++) {
            List<PairPlan> pairs = PairPlan.of(controlled(count, seed));
            assertBalanced(pairs, pair -> pair.lot().order() == Order.BASELINE_FIRST);
            assertBalanced(pairs, pair -> pair.lot().place() == PairPlan.Place.BASELINE_IN_A);
            assertBalanced(pairs, pair -> pair.lot().cores() == Cores.SWAPPED);
        }
    }

    private static void assertBalanced(List<PairPlan> pairs, Predicate<PairPlan> choice) {
        long with = pairs.stream().filter(choice).count();
        assertThat(2 * with - pairs.size()).isBetween(-1L, 1L);
    }

    @Test
    void everyCombinationOfChoicesComesOnceInEight() {
        assertThat(PairPlan.of(controlled(8, 5)).stream().map(PairPlan::lot).collect(Collectors.toSet()))
                .hasSize(8);
    }

    @Test
    void withoutTheWishNoCoresAreSwapped() {
        assertThat(PairPlan.of(spec)).allMatch(pair -> pair.lot().cores() == Cores.AS_PLACED);
        assertThat(PairPlan.of(spec)).allMatch(pair -> pair.solo() == PairPlan.Solo.NONE);
    }

    @Test
    void everyThirdPairAlsoHasWindowsAlone() {
        assertThat(PairPlan.of(controlled(7, 1)))
                .filteredOn(pair -> pair.solo() == PairPlan.Solo.IN_TURN)
                .extracting(pair -> pair.id().number())
                .containsExactly(3, 6);
    }

    @Test
    void idlePairsStandBesideThoseWithMediaAndHaveNamesOfTheirOwn() {
        DuetSpec duet = new DuetSpec(
                2,
                4,
                Duration.ofSeconds(10),
                0.03,
                new DuetSpec.Idle(3, 3, Duration.ofSeconds(10)),
                new DuetSpec.Controls(1, false),
                List.of(DuetSpec.Against.START));
        List<PairPlan> pairs = PairPlan.of(with(duet, 1));

        assertThat(pairs)
                .extracting(pair -> pair.id().directoryName())
                .containsExactly(
                        "pair-01-a-b", "pair-idle-01-a-b", "pair-02-a-b", "pair-idle-02-a-b", "pair-idle-03-a-b");
        assertThat(pairs)
                .filteredOn(pair -> pair.id().kind() == PairKind.IDLE)
                .allMatch(pair -> pair.solo() == PairPlan.Solo.NONE);
    }

    @Test
    void theForecastKnowsIdleAndSoloPairs() {
        DuetSpec duet = new DuetSpec(
                2,
                4,
                Duration.ofSeconds(10),
                0.03,
                new DuetSpec.Idle(1, 3, Duration.ofSeconds(10)),
                new DuetSpec.Controls(2, false),
                List.of(DuetSpec.Against.START));
        ExperimentPlan plan = ExperimentPlan.of(with(duet, 1));

        // of Samples: ramp 50 ms, warm-up 200 ms, window 500 ms, drain 100 ms
        Duration media = Duration.ofMillis(50 + 200 + 4 * 500 + 4 * 500 + 100).plus(ExperimentPlan.PAIR_OVERHEAD);
        Duration idle = Duration.ofMillis(50 + 200 + 30_000 + 500 + 100).plus(ExperimentPlan.PAIR_OVERHEAD);
        assertThat(plan.expected()).isEqualTo(media.multipliedBy(2).plus(idle).plusMillis(4 * 500));
        assertThat(plan.expectedEach()).isEqualTo(plan.expected().dividedBy(3));
    }

    @Test
    void roundsAndPairsOfOneExperimentAreForecastApart() {
        ExperimentPlan plan = ExperimentPlan.of(withRounds(new DuetSpec(6, 4, Duration.ofSeconds(10), 0.03)));

        assertThat(plan.withoutPairs().count()).isEqualTo(4);
        assertThat(plan.withoutTrials().count()).isEqualTo(6);
        assertThat(plan.withoutPairs().expected().plus(plan.withoutTrials().expected()))
                .isEqualTo(plan.expected());
        assertThat(plan.withoutTrials().expectedEach())
                .isEqualTo(plan.expected(plan.pairs().getFirst()))
                .isNotEqualTo(plan.withoutPairs().expectedEach());
    }

    @Test
    void theOrderFollowsFromTheSeed() {
        assertThat(PairPlan.of(controlled(9, 7))).isEqualTo(PairPlan.of(controlled(9, 7)));
        assertThat(Set.of(PairPlan.of(controlled(9, 7)), PairPlan.of(controlled(9, 8)), PairPlan.of(controlled(9, 9))))
                .hasSize(3);
    }

    @Test
    void aRepeatKeepsWhatWasDrawnUnderAnotherName() {
        PairPlan first = PairPlan.of(spec).getFirst();

        assertThat(first.again().lot()).isEqualTo(first.lot());
        assertThat(first.again().id().directoryName()).isEqualTo("pair-01-a-b.2");
    }

    /// Cores change places, and every third pair has windows alone.
    private static ExperimentSpec controlled(int pairs, long seed) {
        return with(
                new DuetSpec(
                        pairs,
                        4,
                        Duration.ofSeconds(10),
                        0.03,
                        DuetSpec.Idle.NONE,
                        new DuetSpec.Controls(3, true),
                        List.of(DuetSpec.Against.START)),
                seed);
    }

    private static ExperimentSpec with(DuetSpec duet, long seed) {
        return with(duet, 0, seed);
    }

    private static ExperimentSpec withRounds(DuetSpec duet) {
        return with(duet, 2, 1);
    }

    private static ExperimentSpec with(DuetSpec duet, int rounds, long seed) {
        ExperimentSpec one = Samples.duet(1, 0, Samples.variant("a", Map.of()), Samples.variant("b", Map.of()));
        return new ExperimentSpec(
                one.name(),
                one.description(),
                one.scenario(),
                one.baseline(),
                one.variants(),
                rounds,
                false,
                seed,
                0,
                duet);
    }
}
