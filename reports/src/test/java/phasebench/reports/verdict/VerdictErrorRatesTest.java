package phasebench.reports.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.reports.stats.BinomialInterval;
import phasebench.reports.stats.DetectableEffect;

/// Method: whole families judged as a run's are, with a planted truth, 1 % of spread per pair unless said
/// otherwise; the share of families with a wrong verdict, held against its binomial interval.
class VerdictErrorRatesTest {
    private static final double SPREAD = 0.01;
    private static final int PAIRS = 10;

    enum Noise {
        NORMAL(Random::nextGaussian),
        /// Both sides of a pair now and then take much longer, as on a disturbed machine: each costs 1 and a
        /// lognormal.
        SKEWED(random -> {
            double candidate = 1 + Math.exp(random.nextGaussian());
            double baseline = 1 + Math.exp(random.nextGaussian());
            return Math.log(candidate / baseline) / 0.81;
        }),
        /// Only one side does: a lognormal about its mean, skewness 0.95. What no t test with ten pairs
        /// allows for.
        LOPSIDED(random -> (Math.exp(0.3 * random.nextGaussian()) - Math.exp(0.045)) / 0.32),
        /// Student's t with 3 degrees of freedom, brought to a standard deviation of 1.
        HEAVY_TAILED(random -> {
            double chi = IntStream.range(0, 3)
                    .mapToDouble(_ -> random.nextGaussian())
                    .map(z -> z * z)
                    .sum();
            return random.nextGaussian() / Math.sqrt(chi);
        });

        @SuppressWarnings("ImmutableEnumChecker") // the functions hold no state, which the checker cannot see
        private final ToDoubleFunction<Random> draw;

        Noise(ToDoubleFunction<Random> draw) {
            this.draw = draw;
        }
    }

    /// A lopsided ratio is warned of, but 40 pairs show it only in one experiment of four.
    @Test
    void lopsidedRatiosAreWarnedOf() {
        Random random = new Random(17);
        int warned = 0;
        for (int run = 0; run < 500; run++) {
            warned +=
                    Judge.judge(family(random, Noise.LOPSIDED, new double[1], 40), Rules.EXPERIMENT)
                                    .getFirst()
                                    .warnings()
                                    .stream()
                                    .anyMatch(warning -> warning.contains("skewness"))
                            ? 1
                            : 0;
        }
        assertThat(warned).isGreaterThan(100);
    }

    /// Nothing differs in any of nine comparisons: phases x metrics of a short ladder.
    @ParameterizedTest
    @EnumSource
    void aFamilyWithoutADifferenceIsFalselyDecidedInOneOfTwentyAtMost(Noise noise) {
        Random random = new Random(11);
        int runs = 1000;
        int wrong = 0;
        for (int run = 0; run < runs; run++) {
            List<Comparison> family = family(random, noise, new double[9], PAIRS);
            wrong += isDecided(Judge.judge(family, new Rules(0, 0.95, List.of()))) ? 1 : 0;
        }
        assertThat(BinomialInterval.of(wrong, runs, 0.999).low())
                .as("%s: %d of %d", noise, wrong, runs)
                .isLessThanOrEqualTo(noise == Noise.LOPSIDED ? 0.09 : 0.05);
        if (noise == Noise.NORMAL) {
            assertThat(wrong / (double) runs).isGreaterThan(0.03);
        }
    }

    /// Three differ, six do not: the six share what Holm leaves.
    @Test
    void realDifferencesBesideThemDoNotMakeTheOthersSeemReal() {
        Random random = new Random(12);
        double[] truth = {-0.1, 0, -0.2, 0, 0, 0.15, 0, 0, 0};
        int runs = 1000;
        int wrong = 0;
        for (int run = 0; run < runs; run++) {
            List<Judgement> judgements =
                    Judge.judge(family(random, Noise.NORMAL, truth, PAIRS), new Rules(0, 0.95, List.of()));
            assertThat(judgements.get(0).verdict()).isEqualTo(Verdict.IMPROVED);
            assertThat(judgements.get(5).verdict()).isEqualTo(Verdict.REGRESSED);
            wrong += isDecided(IntStream.of(1, 3, 4, 6, 7, 8)
                            .mapToObj(judgements::get)
                            .toList())
                    ? 1
                    : 0;
        }
        assertThat(BinomialInterval.of(wrong, runs, 0.999).contains(0.05))
                .as("%d of %d", wrong, runs)
                .isTrue();
    }

    /// Nothing differs, three looks, and the first false verdict stops: as a harness would.
    @Test
    void threeLooksAtAFamilyDoNotMakeItWrongMoreOften() {
        Random random = new Random(13);
        List<Integer> looks = List.of(5, 10, 20);
        int runs = 300;
        int wrong = 0;
        for (int run = 0; run < runs; run++) {
            List<Comparison> family = family(random, Noise.NORMAL, new double[2], 20);
            boolean isWrong = false;
            for (int n : looks) {
                isWrong |= isDecided(Judge.judge(first(family, n), new Rules(0, 0.95, looks)));
            }
            wrong += isWrong ? 1 : 0;
        }
        assertThat(BinomialInterval.of(wrong, runs, 0.999).low())
                .as("%d of %d", wrong, runs)
                .isLessThanOrEqualTo(0.05);
    }

    /// The truth lies exactly on the margin, where a wrong `equivalent` is easiest.
    @ParameterizedTest
    @EnumSource
    void aDifferenceOnTheMarginIsCalledEquivalentInOneOfFortyAtMost(Noise noise) {
        Random random = new Random(14);
        int runs = 4000;
        int wrong = 0;
        for (int run = 0; run < runs; run++) {
            List<Comparison> family = family(random, noise, new double[] {Math.log1p(0.02)}, 20);
            wrong += Judge.judge(family, Rules.GATE).getFirst().verdict() == Verdict.EQUIVALENT ? 1 : 0;
        }
        // a lopsided mean is approached more slowly from one side
        assertThat(BinomialInterval.of(wrong, runs, 0.999).low())
                .as("%s: %d of %d", noise, wrong, runs)
                .isLessThanOrEqualTo(noise == Noise.LOPSIDED ? 0.04 : 0.025);
    }

    /// The plan says what it finds in nine of ten; the judge, testing a family of six, finds it about as
    /// often.
    @Test
    void whatThePlanCallsDetectableIsFound() {
        Random random = new Random(15);
        double effect = DetectableEffect.relative(SPREAD, PAIRS, 0.05 / 6, 0.9);
        double[] truth = new double[6];
        truth[4] = Math.log1p(effect);
        int runs = 1000;
        int found = 0;
        for (int run = 0; run < runs; run++) {
            found += Judge.judge(family(random, Noise.NORMAL, truth, PAIRS), Rules.EXPERIMENT)
                                    .get(4)
                                    .verdict()
                            == Verdict.REGRESSED
                    ? 1
                    : 0;
        }
        assertThat(BinomialInterval.of(found, runs, 0.999).contains(0.9))
                .as("%d of %d", found, runs)
                .isTrue();
    }

    /// The advice of an inconclusive verdict, taken: with as many pairs as it asked for, when its
    /// estimates were right, four of five experiments decide.
    @Test
    void theAdviceAboutMorePairsIsGood() {
        double[] asSeen = new double[12];
        for (int i = 0; i < asSeen.length; i++) {
            asSeen[i] = 0.004 + (i % 2 == 0 ? 1 : -1) * SPREAD * Math.sqrt(11 / 12.0);
        }
        Judgement seen = Judge.judge(List.of(comparison(asSeen)), new Rules(0.0001, 0.95, List.of()))
                .getFirst();
        assertThat(seen.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        int n = 12 + requireNonNull(seen.morePairs());
        Random random = new Random(16);
        int decided = 0;
        for (int run = 0; run < 3000; run++) {
            List<Comparison> family = family(random, Noise.NORMAL, new double[] {0.004}, n);
            decided += isDecided(Judge.judge(family, new Rules(0.0001, 0.95, List.of()))) ? 1 : 0;
        }
        assertThat(decided / 3000.0).as("n = " + n).isBetween(0.76, 0.84);
    }

    private static boolean isDecided(List<Judgement> judgements) {
        return judgements.stream()
                .anyMatch(judgement ->
                        judgement.verdict() == Verdict.IMPROVED || judgement.verdict() == Verdict.REGRESSED);
    }

    private static List<Comparison> family(Random random, Noise noise, double[] truth, int pairs) {
        List<Comparison> family = new ArrayList<>();
        for (double one : truth) {
            double[] values = new double[pairs];
            for (int i = 0; i < pairs; i++) {
                values[i] = one + SPREAD * noise.draw.applyAsDouble(random);
            }
            family.add(comparison(values));
        }
        return family;
    }

    private static List<Comparison> first(List<Comparison> family, int n) {
        return family.stream()
                .map(c -> new Comparison(
                        c.baseline(),
                        c.candidate(),
                        c.metric(),
                        c.repetition(),
                        c.logRatios().subList(0, n),
                        c.lost()))
                .toList();
    }

    private static Comparison comparison(double[] values) {
        return new Comparison(
                "a",
                "b",
                "cpuNsPerPacket",
                Repetition.LAUNCH_PAIR,
                Arrays.stream(values).boxed().toList(),
                "");
    }
}
