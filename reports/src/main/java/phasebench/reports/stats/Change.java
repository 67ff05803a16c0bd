package phasebench.reports.stats;

import org.jspecify.annotations.Nullable;

/// What happened to a metric from the baseline to a variant, over the rounds in which both were measured.
///
/// @param scale what the numbers mean
/// @param estimate the change; a relative one as a fraction, -0.1 for 10 % less
/// @param interval t interval of the change; null with fewer than two pairs
/// @param bootstrap the same by bootstrap; null with fewer than [Bootstrap#N_MIN] pairs
/// @param n pairs of trials
public record Change(
        Scale scale,
        double estimate,
        @Nullable Interval interval,
        @Nullable Interval bootstrap,
        int n) {
    /// Confidence of every interval in a report.
    public static final double CONFIDENCE = 0.95;

    public enum Scale {
        /// Mean of the log ratios, shown as a fraction of the baseline.
        RELATIVE,
        /// Mean of the differences, in the metric's own unit.
        ABSOLUTE,
        /// Difference of two values that did not differ from trial to trial, in the metric's own unit; has no interval,
        /// because nothing varies. Needs two pairs, else anything would pass for exact.
        EXACT
    }

    /// Compares pair by pair; `baseline[i]` and `variant[i]` were measured in the same round. Ratios where every value
    /// is positive, else differences.
    public static Change relative(double[] baseline, double[] variant, long seed) {
        requirePairs(baseline, variant);
        if (isExact(baseline, variant)) {
            return exact(baseline, variant);
        }
        double[] logRatios = new double[baseline.length];
        for (int i = 0; i < baseline.length; i++) {
            if (!(baseline[i] > 0 && variant[i] > 0)) {
                return absolute(baseline, variant, seed);
            }
            logRatios[i] = Math.log(variant[i] / baseline[i]);
        }
        Interval t = tInterval(logRatios);
        Interval bootstrap = bootstrap(logRatios, seed);
        return new Change(
                Scale.RELATIVE,
                Math.expm1(Means.arithmetic(logRatios)),
                t == null ? null : t.logRatioToChange(),
                bootstrap == null ? null : bootstrap.logRatioToChange(),
                baseline.length);
    }

    /// Compares pair by pair, by difference.
    public static Change absolute(double[] baseline, double[] variant, long seed) {
        requirePairs(baseline, variant);
        if (isExact(baseline, variant)) {
            return exact(baseline, variant);
        }
        double[] differences = new double[baseline.length];
        for (int i = 0; i < baseline.length; i++) {
            differences[i] = variant[i] - baseline[i];
        }
        return new Change(
                Scale.ABSOLUTE,
                Means.arithmetic(differences),
                tInterval(differences),
                bootstrap(differences, seed),
                baseline.length);
    }

    private static Change exact(double[] baseline, double[] variant) {
        return new Change(Scale.EXACT, variant[0] - baseline[0], null, null, baseline.length);
    }

    private static boolean isExact(double[] baseline, double[] variant) {
        return baseline.length >= 2 && Means.isConstant(baseline) && Means.isConstant(variant);
    }

    private static @Nullable Interval tInterval(double[] values) {
        return values.length < 2 ? null : StudentT.ofMean(values, CONFIDENCE);
    }

    private static @Nullable Interval bootstrap(double[] values, long seed) {
        return values.length < Bootstrap.N_MIN ? null : Bootstrap.ofMean(values, CONFIDENCE, seed);
    }

    private static void requirePairs(double[] baseline, double[] variant) {
        if (baseline.length != variant.length || baseline.length == 0) {
            throw new IllegalArgumentException("not pairs: " + baseline.length + " and " + variant.length);
        }
    }
}
