package phasebench.reports.stats;

import java.util.function.IntPredicate;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// What a two-sided paired t test can see: by the noncentral t distribution, integrated over the spread
/// that the test will happen to estimate.
public final class DetectableEffect {
    /// More pairs than anyone would run.
    public static final int PAIRS_MAX = 1_000_000;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int STEPS = 120;

    private DetectableEffect() {}

    /// The smallest relative change (0.01 for 1 %) that n pairs find with the chance `power`.
    ///
    /// @param spreadPerPair standard deviation of the log ratio of one pair
    /// @param alpha two-sided level of the test; that of one comparison, where there is a family
    public static double relative(double spreadPerPair, int n, double alpha, double power) {
        require(spreadPerPair, alpha, power);
        if (n < 2) {
            throw new IllegalArgumentException("need >= 2 pairs: " + n);
        }
        double low = 0;
        double high = 1;
        while (power(high, n, alpha) < power) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (power(middle, n, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.expm1(high * spreadPerPair / Math.sqrt(n));
    }

    /// The pairs that find a relative change of `relative` with the chance `power`; [#PAIRS_MAX] stands
    /// for more.
    public static int pairsFor(double spreadPerPair, double relative, double alpha, double power) {
        require(spreadPerPair, alpha, power);
        if (!(relative > 0)) {
            throw new IllegalArgumentException("no number of pairs finds a change of " + relative);
        }
        double standardized = Math.log1p(relative) / spreadPerPair;
        double normal = (NORMAL.inverseSurvivalProbability(alpha / 2) + NORMAL.inverseCumulativeProbability(power))
                / standardized;
        return least(normal * normal, n -> power(standardized * Math.sqrt(n), n, alpha) >= power);
    }

    /// The pairs whose interval lies within +-`margin` with the chance `power`, when the true change is
    /// `relative`; [#PAIRS_MAX] stands for more, or for no number at all.
    public static int pairsForEquivalence(
            double spreadPerPair, double relative, double margin, double alpha, double power) {
        require(spreadPerPair, alpha, power);
        double room = Math.log1p(margin) - Math.abs(Math.log1p(relative));
        if (room <= 0) {
            return PAIRS_MAX;
        }
        // both ends must lie within; with no true change each may fail as often as the other
        double failing = relative == 0 ? (1 - power) / 2 : 1 - power;
        double normal = (NORMAL.inverseSurvivalProbability(alpha / 2) + NORMAL.inverseSurvivalProbability(failing))
                * spreadPerPair
                / room;
        return least(normal * normal, n -> {
            double needed = StudentT.twoSidedQuantile(n - 1, alpha) + StudentT.twoSidedQuantile(n - 1, 2 * failing);
            return needed * spreadPerPair / Math.sqrt(n) <= room;
        });
    }

    /// The chance that a test with n pairs rejects.
    ///
    /// @param noncentrality true mean over its standard error
    static double power(double noncentrality, int n, double alpha) {
        double critical = StudentT.twoSidedQuantile(n - 1, alpha);
        int freedom = n - 1;
        // 9 deviations of the estimated spread around its centre hold all of it that a double can tell
        ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
        double from = Math.max(1e-9, 1 - 9 / Math.sqrt(2.0 * freedom));
        double step = (1 + 9 / Math.sqrt(2.0 * freedom) - from) / STEPS;
        double sum = 0;
        double mass = 0;
        for (int i = 0; i <= STEPS; i++) {
            double spread = from + i * step;
            // the density of an estimated standard deviation whose true value is 1
            double density = 2 * freedom * spread * squares.density(freedom * spread * spread);
            double weight = (i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2) * density;
            mass += weight;
            sum += weight
                    * (NORMAL.survivalProbability(critical * spread - noncentrality)
                            + NORMAL.survivalProbability(critical * spread + noncentrality));
        }
        return sum / mass;
    }

    /// The least number that is enough.
    ///
    /// @param normal what it would be if the spread were known; the least number is that or somewhat
    ///     more
    private static int least(double normal, IntPredicate isEnough) {
        if (normal >= PAIRS_MAX) {
            return PAIRS_MAX;
        }
        int low = Math.max(1, (int) normal - 1);
        while (low > 1 && isEnough.test(low)) {
            low /= 2;
        }
        int high = low + 1;
        while (high < PAIRS_MAX && !isEnough.test(high)) {
            int wider = 2 * (high - low) + 1;
            low = high;
            high = Math.min(PAIRS_MAX, high + wider);
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (isEnough.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static void require(double spreadPerPair, double alpha, double power) {
        if (!(spreadPerPair > 0) || !(alpha > 0 && alpha < 1) || !(power > alpha && power < 1)) {
            throw new IllegalArgumentException(
                    "not a spread, a level and a power above it: %s, %s, %s".formatted(spreadPerPair, alpha, power));
        }
    }
}
