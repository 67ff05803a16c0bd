package phasebench.reports.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The bias-corrected and accelerated bootstrap (Efron 1987; Efron and Tibshirani 1993, section 14.3): of
/// a mean a companion of the t interval that does not suppose a normal distribution. With few values it
/// is too narrow; see [#N_MIN].
public final class Bootstrap {
    /// Below this many values the resamples repeat each other too much for a 95 % interval to hold what
    /// it promises.
    public static final int N_MIN = 8;

    private static final int RESAMPLES = 4000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Bootstrap() {}

    /// The interval of the mean of `values`, one value per trial or pair of trials; needs [#N_MIN] of them.
    public static Interval ofMean(double[] values, double confidence, long seed) {
        if (values.length < N_MIN) {
            throw new IllegalArgumentException("need >= " + N_MIN + " values: " + values.length);
        }
        return of(values, Means::arithmetic, confidence, seed);
    }

    /// The interval of any statistic of `values`.
    public static Interval of(double[] values, ToDoubleFunction<double[]> statistic, double confidence, long seed) {
        double estimate = statistic.applyAsDouble(values);
        double[] resampled = resampled(values, statistic, new SplittableRandom(seed));
        double bias = bias(resampled, estimate);
        double acceleration = acceleration(values, statistic);
        double tail = (1 - confidence) / 2;
        double low = quantile(resampled, adjusted(tail, bias, acceleration));
        double high = quantile(resampled, adjusted(1 - tail, bias, acceleration));
        return new Interval(estimate, low, high, confidence);
    }

    private static double[] resampled(double[] values, ToDoubleFunction<double[]> statistic, SplittableRandom random) {
        double[] resampled = new double[RESAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < values.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            resampled[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(resampled);
        return resampled;
    }

    private static double bias(double[] means, double mean) {
        double below = Arrays.stream(means).filter(m -> m < mean).count();
        double equal = Arrays.stream(means).filter(m -> m == mean).count();
        double share = (below + equal / 2) / means.length;
        return NORMAL.inverseCumulativeProbability(Math.clamp(share, 0.5 / means.length, 1 - 0.5 / means.length));
    }

    /// Skewness of the jackknife values over 6; 0 when all values are equal. For a mean the jackknife is
    /// the values' own skewness.
    static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
        double[] jackknife = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            jackknife[i] = statistic.applyAsDouble(without(values, i));
        }
        double mean = Means.arithmetic(jackknife);
        double squares = 0;
        double cubes = 0;
        for (double value : jackknife) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double[] without(double[] values, int index) {
        double[] others = new double[values.length - 1];
        System.arraycopy(values, 0, others, 0, index);
        System.arraycopy(values, index + 1, others, index, others.length - index);
        return others;
    }

    private static double adjusted(double tail, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(tail);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    /// Linear interpolation, type R-7 of Hyndman and Fan (1996).
    private static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
