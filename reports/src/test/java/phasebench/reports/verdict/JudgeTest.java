package phasebench.reports.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.StudentT;

class JudgeTest {
    private static final Rules RULES = Rules.EXPERIMENT;

    @Test
    void aSavingThatChanceDoesNotExplainIsAnImprovement() {
        Judgement judgement = alone(-0.10, -0.11, -0.09, -0.10, -0.105);
        assertThat(judgement.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(requireNonNull(judgement.ratio())).isCloseTo(Math.exp(-0.101), within(1e-9));
        Interval interval = requireNonNull(judgement.interval());
        Interval plain = StudentT.ofMean(new double[] {-0.10, -0.11, -0.09, -0.10, -0.105}, 0.95);
        assertThat(interval.high()).isCloseTo(Math.exp(plain.high()), within(1e-9));
        assertThat(interval.confidence()).isCloseTo(0.95, within(1e-12));
        assertThat(judgement.n()).isEqualTo(5);
        assertThat(judgement.familySize()).isEqualTo(1);
        assertThat(judgement.morePairs()).isNull();
        assertThat(judgement.warnings()).isEmpty();
        assertThat(alone(0.10, 0.11, 0.09, 0.10, 0.105).verdict()).isEqualTo(Verdict.REGRESSED);
    }

    /// A difference may be real and yet not matter: equivalent comes first.
    @Test
    void withinTheMarginIsEquivalentEvenIfTheIntervalExcludesNoChange() {
        Judgement judgement = alone(0.002, 0.0021, 0.0019, 0.002, 0.0022, 0.0018);
        assertThat(requireNonNull(judgement.interval()).low()).isGreaterThan(1);
        assertThat(judgement.verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(judgement.reason()).contains("0.50\u00a0%");
    }

    /// The two one-sided tests of sleep as TOSTER (Lakens 2017) gives them for +-0.5: t = -2.777 and
    /// -5.348 with 9 degrees of freedom, so not equivalent; the smallest margin that is lies where the
    /// interval ends, at 2.4598858.
    @ParameterizedTest
    @CsvSource({"0.5, IMPROVED", "2.4598, IMPROVED", "2.4599, EQUIVALENT"})
    void equivalenceIsThatOfTheTwoOneSidedTests(double margin, Verdict verdict) {
        double[] sleep = {-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4};
        double scale = 0.1;
        Rules rules = new Rules(Math.expm1(margin * scale), 0.95, List.of());
        double[] scaled = Arrays.stream(sleep).map(v -> v * scale).toArray();
        assertThat(Judge.judge(List.of(comparison("x", scaled)), rules)
                        .getFirst()
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void whatChanceExplainsIsInconclusiveAndSaysWhatWouldDo() {
        Judgement judgement = alone(-0.02, 0.015, 0.005, -0.03, 0.01, -0.01);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(requireNonNull(judgement.morePairs())).isBetween(50, 400);
        assertThat(judgement.reason()).contains("spread by 1.8\u00a0% each");
    }

    @Test
    void aNoisierComparisonNeedsMorePairs() {
        double[] values = {-0.02, 0.015, 0.005, -0.03, 0.01, -0.01};
        double[] noisier = Arrays.stream(values).map(v -> 2 * v + 0.005).toArray();
        assertThat(requireNonNull(alone(noisier).morePairs()))
                .isGreaterThan(requireNonNull(alone(values).morePairs()));
    }

    @Test
    void hopelessNoiseIsNotGivenANumber() {
        Judgement judgement = alone(-3, 2.9, 3, -2.8, 0.0001);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.morePairs()).isNull();
        assertThat(judgement.reason())
                .contains("launch pairs spread by", "no reasonable number of them would decide: not measurable now");
        assertThat(judgement.isBeyondMeasuring()).isTrue();
    }

    @Test
    void twoPairsDecideNothingHoweverTheyAgree() {
        Judgement two = alone(-0.5, -0.5000001);
        assertThat(two.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(two.morePairs()).isEqualTo(1);
        assertThat(two.reason()).isEqualTo("Too few pairs (2) to tell, need >= 3.");
        Judgement one = alone(-0.5);
        assertThat(one.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(one.interval()).isNull();
        assertThat(requireNonNull(one.ratio())).isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThat(one.morePairs()).isEqualTo(2);
        assertThat(alone(0.001, 0.0011).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void threePairsMayDecideWithAWarning() {
        Judgement judgement = alone(-0.5, -0.51, -0.49);
        assertThat(judgement.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(judgement.warnings()).singleElement().asString().contains("Few pairs (3)", "at least 5");
    }

    @Test
    void withoutANumberThereIsNothingToJudge() {
        assertThat(alone().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(alone().reason()).isEqualTo("No pair of start and x counts.");
        assertThat(alone(0.1, Double.NaN, 0.1, 0.1).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(alone(0.1, Double.POSITIVE_INFINITY, 0.1).reason()).contains("not a number");
    }

    @Test
    void aCountThatNeverVariesIsComparedExactly() {
        Judgement fewer = Judge.judge(
                        List.of(new Comparison(
                                "start",
                                "x",
                                "goroutineEquivalentsPerViewer",
                                Repetition.ROUND,
                                List.of(-0.7, -0.7),
                                "")),
                        RULES)
                .getFirst();
        assertThat(fewer.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(requireNonNull(fewer.interval()).low()).isEqualTo(Math.exp(-0.7));
        Judgement same = Judge.judge(
                        List.of(new Comparison(
                                "start",
                                "x",
                                "goroutineEquivalentsPerViewer",
                                Repetition.ROUND,
                                List.of(0.0, 0.0),
                                "")),
                        RULES)
                .getFirst();
        assertThat(same.verdict()).isEqualTo(Verdict.EQUIVALENT);
    }

    /// A time that is the same to the last digit has not been measured.
    @Test
    void aTimeThatNeverVariesIsNotBelieved() {
        Judgement judgement = alone(-0.7, -0.7, -0.7, -0.7);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).contains("look at what was measured");
        assertThat(alone(0, 0, 0, 0).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aLargerFamilyIsHarderToConvince() {
        Comparison hint = comparison("hint", -0.01, -0.018, -0.004, -0.013, -0.001, -0.02);
        List<Comparison> family = new ArrayList<>(List.of(hint));
        assertThat(Judge.judge(family, RULES).getFirst().verdict()).isEqualTo(Verdict.IMPROVED);
        for (int i = 0; i < 9; i++) {
            family.add(comparison("noise" + i, 0.01, -0.012, 0.003, -0.002, 0.004, -0.005));
        }
        Judgement amongTen = Judge.judge(family, RULES).getFirst();
        assertThat(amongTen.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(amongTen.familySize()).isEqualTo(10);
        assertThat(requireNonNull(amongTen.interval()).confidence()).isCloseTo(0.995, within(1e-12));
    }

    @Test
    void anEarlyLookAsksForMore() {
        double[] values = {-0.01, -0.018, -0.004, -0.013, -0.001, -0.02};
        Judgement early = Judge.judge(List.of(comparison("x", values)), RULES.withLooks(List.of(6, 12, 24)))
                .getFirst();
        assertThat(early.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(early.reason()).contains("as it must at an early look");
        assertThat(requireNonNull(early.morePairs())).isGreaterThanOrEqualTo(6);
        Judgement last = Judge.judge(List.of(comparison("x", values)), RULES.withLooks(List.of(2, 4, 6)))
                .getFirst();
        assertThat(last.verdict()).isEqualTo(Verdict.IMPROVED);
    }

    @Test
    void moreThanPlannedIsSaid() {
        assertThat(Judge.judge(List.of(comparison("x", -0.1, -0.11, -0.09, -0.1, -0.12)), RULES.withLooks(List.of(4)))
                        .getFirst()
                        .warnings())
                .containsExactly(
                        "More pairs (5) than the plan's last look (4): they count as that look; plan before you look.");
    }

    @Test
    void aRobustEstimateThatPointsTheOtherWayIsAWarningOnly() {
        double[] values = new double[24];
        Arrays.fill(values, 0.002);
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.0001 * (i % 5);
        }
        values[3] = -0.4;
        values[17] = -0.5;
        Judgement judgement = alone(values);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(requireNonNull(judgement.robustRatio())).isGreaterThan(1);
        assertThat(requireNonNull(judgement.ratio())).isLessThan(1);
        assertThat(judgement.warnings())
                .anyMatch(warning -> warning.contains("points the other way"))
                .anyMatch(warning -> warning.contains("no. 4, no. 18"));
    }

    @Test
    void theOrderOfTheFamilyDoesNotMatter() {
        Random random = new Random(4);
        for (int run = 0; run < 50; run++) {
            List<Comparison> family = family(random, 7);
            List<Comparison> shuffled = new ArrayList<>(family);
            Collections.shuffle(shuffled, random);
            assertThat(Judge.judge(shuffled, RULES)).containsExactlyInAnyOrderElementsOf(Judge.judge(family, RULES));
        }
    }

    @Test
    void theOrderOfThePairsDoesNotMatterToTheVerdict() {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            Comparison one = family(random, 1).getFirst();
            List<Double> shuffled = new ArrayList<>(one.logRatios());
            Collections.shuffle(shuffled, random);
            Judgement first = Judge.judge(List.of(one), RULES).getFirst();
            Judgement second = Judge.judge(
                            List.of(new Comparison(
                                    one.baseline(),
                                    one.candidate(),
                                    one.metric(),
                                    one.repetition(),
                                    shuffled,
                                    one.lost())),
                            RULES)
                    .getFirst();
            assertThat(second.verdict()).isEqualTo(first.verdict());
            assertThat(requireNonNull(second.ratio())).isCloseTo(requireNonNull(first.ratio()), within(1e-12));
        }
    }

    @Test
    void aWiderMarginOnlyEverMakesMoreEquivalent() {
        Random random = new Random(6);
        for (int run = 0; run < 100; run++) {
            List<Comparison> family = family(random, 4);
            List<Verdict> before = verdicts(Judge.judge(family, new Rules(0, 0.95, List.of())));
            for (double margin : new double[] {0.002, 0.005, 0.01, 0.02, 0.05, 0.2}) {
                List<Verdict> after = verdicts(Judge.judge(family, new Rules(margin, 0.95, List.of())));
                for (int i = 0; i < after.size(); i++) {
                    assertThat(after.get(i)).isIn(before.get(i), Verdict.EQUIVALENT);
                }
                before = after;
            }
            assertThat(before).contains(Verdict.EQUIVALENT);
        }
    }

    @Test
    void swappingBaselineAndCandidateTurnsTheVerdictRound() {
        Random random = new Random(7);
        for (int run = 0; run < 100; run++) {
            List<Comparison> family = family(random, 4);
            List<Comparison> swapped = family.stream()
                    .map(c -> new Comparison(
                            /* baseline= */ c.candidate(),
                            /* candidate= */ c.baseline(),
                            c.metric(),
                            c.repetition(),
                            c.logRatios().stream().map(v -> -v).toList(),
                            c.lost()))
                    .toList();
            List<Judgement> there = Judge.judge(family, RULES);
            List<Judgement> back = Judge.judge(swapped, RULES);
            for (int i = 0; i < there.size(); i++) {
                assertThat(back.get(i).verdict())
                        .isEqualTo(
                                switch (there.get(i).verdict()) {
                                    case IMPROVED -> Verdict.REGRESSED;
                                    case REGRESSED -> Verdict.IMPROVED;
                                    case EQUIVALENT, INCONCLUSIVE, INVALID ->
                                        there.get(i).verdict();
                                });
                assertThat(requireNonNull(back.get(i).interval()).low())
                        .isCloseTo(1 / requireNonNull(there.get(i).interval()).high(), within(1e-9));
                assertThat(back.get(i).morePairs()).isEqualTo(there.get(i).morePairs());
            }
        }
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Rules(-0.1, 0.95, List.of())).hasMessageContaining("margin");
        assertThatThrownBy(() -> new Rules(0.1, 95, List.of())).hasMessageContaining("confidence");
        assertThatThrownBy(() -> new Rules(0.1, 0.95, List.of(1, 2, 3, 4))).hasMessageContaining("at most 3 looks");
    }

    private static List<Verdict> verdicts(List<Judgement> judgements) {
        return judgements.stream().map(Judgement::verdict).toList();
    }

    private static List<Comparison> family(Random random, int size) {
        List<Comparison> family = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double truth = 0.01 * random.nextGaussian();
            family.add(comparison(
                    "v" + i,
                    random.doubles(6 + random.nextInt(10))
                            .map(_ -> truth + 0.01 * random.nextGaussian())
                            .toArray()));
        }
        return family;
    }

    private static Judgement alone(double... logRatios) {
        return Judge.judge(List.of(comparison("x", logRatios)), RULES).getFirst();
    }

    private static Comparison comparison(String candidate, double... logRatios) {
        return new Comparison(
                "start",
                candidate,
                "cpuNsPerPacket",
                Repetition.LAUNCH_PAIR,
                Arrays.stream(logRatios).boxed().toList(),
                "");
    }
}
