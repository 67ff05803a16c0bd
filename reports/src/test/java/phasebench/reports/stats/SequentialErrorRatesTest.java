package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Method: 10,000 experiments without any difference, looked at with 10, 20 and 40 pairs; the share of
/// those in which the repeated interval excludes 0 at any look, held against its binomial interval.
class SequentialErrorRatesTest {
    private static final int RUNS = 10_000;
    private static final List<Integer> LOOKS = List.of(10, 20, 40);

    enum Noise {
        NORMAL(SplittableRandom::nextGaussian),
        /// A lognormal about its mean; skewness 0.95, as of a machine that is sometimes disturbed.
        SKEWED(random -> Math.exp(0.3 * random.nextGaussian()) - Math.exp(0.045)),
        /// Student's t with 3 degrees of freedom.
        HEAVY_TAILED(random -> {
            double chi = 0;
            for (int i = 0; i < 3; i++) {
                double z = random.nextGaussian();
                chi += z * z;
            }
            return random.nextGaussian() / Math.sqrt(chi / 3);
        });

        @SuppressWarnings("ImmutableEnumChecker") // the functions hold no state, which the checker cannot see
        private final ToDoubleFunction<SplittableRandom> draw;

        Noise(ToDoubleFunction<SplittableRandom> draw) {
            this.draw = draw;
        }
    }

    @ParameterizedTest
    @EnumSource
    void falseAlarmsOverAllLooksStayWithinTheLevel(Noise noise) {
        for (Spending spending : Spending.values()) {
            int alarms = alarms(spending, noise, 0);
            // tails that are heavier than normal make a t test say less, not more
            assertThat(BinomialInterval.of(alarms, RUNS, 0.999).low())
                    .as("%s %s: %d false alarms of %d", noise, spending, alarms, RUNS)
                    .isLessThanOrEqualTo(noise == Noise.SKEWED ? 0.06 : 0.05);
            if (noise == Noise.NORMAL) {
                assertThat(BinomialInterval.of(alarms, RUNS, 0.999).high()).isGreaterThanOrEqualTo(0.05);
            }
        }
    }

    /// What repeated looks protect from: the same looks with Student's interval each time.
    @Test
    void plainIntervalsAtEachLookWouldCryWolfTwiceAsOften() {
        GroupSequential plain = new GroupSequential(List.of(), Spending.POCOCK);
        SplittableRandom random = new SplittableRandom(1);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            alarms += alarm(plain, values(Noise.NORMAL, 0, random)) ? 1 : 0;
        }
        assertThat(alarms / (double) RUNS).isBetween(0.09, 0.13);
    }

    /// Pairs are fresh processes, so neighbours should not resemble each other. Where they do (AR(1) with
    /// 0.5), no t interval holds: about four times too many alarms; and with 40 pairs the check warns in
    /// most experiments.
    @Test
    void neighboursThatResembleEachOtherInflateTheErrorAndAreWarnedOf() {
        assertThat(alarms(Spending.OBRIEN_FLEMING, Noise.NORMAL, 0.5) / (double) RUNS)
                .isBetween(0.15, 0.35);
        SplittableRandom random = new SplittableRandom(2);
        int warned = 0;
        for (int run = 0; run < 1000; run++) {
            warned += SeriesChecks.of(values(Noise.NORMAL, 0.5, random)).isEmpty() ? 0 : 1;
        }
        assertThat(warned).isGreaterThan(750);
    }

    private static int alarms(Spending spending, Noise noise, double correlation) {
        GroupSequential design = new GroupSequential(LOOKS, spending);
        SplittableRandom random = new SplittableRandom(20261122);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            alarms += alarm(design, values(noise, correlation, random)) ? 1 : 0;
        }
        return alarms;
    }

    private static boolean alarm(GroupSequential design, double[] values) {
        return LOOKS.stream()
                .anyMatch(n -> !design.interval(Arrays.copyOf(values, n), 0.05).contains(0));
    }

    private static double[] values(Noise noise, double correlation, SplittableRandom random) {
        double[] values = new double[LOOKS.getLast()];
        double last = noise.draw.applyAsDouble(random);
        for (int i = 0; i < values.length; i++) {
            last = correlation * last + Math.sqrt(1 - correlation * correlation) * noise.draw.applyAsDouble(random);
            values[i] = last;
        }
        return values;
    }
}
