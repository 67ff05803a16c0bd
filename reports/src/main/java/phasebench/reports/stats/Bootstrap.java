package phasebench.reports.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The bias-corrected and accelerated bootstrap of a mean (Efron 1987; Efron and Tibshirani 1993, section 14.3): a
/// companion of the t interval that does not suppose a normal distribution. With few values it is too narrow; see
/// [#N_MIN].
public final class Bootstrap {
    /// Below this many values the resamples repeat each other too much for a 95 % interval to hold what it promises.
    public static final int N_MIN = 8;

    private static final int RESAMPLES = 4000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Bootstrap() {}

    /// The interval of the mean of `values`, one value per trial or pair of trials; needs [#N_MIN] of them.
    public static Interval ofMean(double[] values, double confidence, long seed) {
        if (values.length < N_MIN) {
            throw new IllegalArgumentException("need >= " + N_MIN + " values: " + values.length);
        }
        double mean = Means.arithmetic(values);
        double[] means = resampledMeans(values, new SplittableRandom(seed));
        double bias = bias(means, mean);
        double acceleration = acceleration(values);
        double tail = (1 - confidence) / 2;
        double low = quantile(means, adjusted(tail, bias, acceleration));
        double high = quantile(means, adjusted(1 - tail, bias, acceleration));
        return new Interval(mean, low, high, confidence);
    }

    private static double[] resampledMeans(double[] values, SplittableRandom random) {
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return means;
    }

    private static double bias(double[] means, double mean) {
        double below = Arrays.stream(means).filter(m -> m < mean).count();
        double equal = Arrays.stream(means).filter(m -> m == mean).count();
        double share = (below + equal / 2) / means.length;
        return NORMAL.inverseCumulativeProbability(Math.clamp(share, 0.5 / means.length, 1 - 0.5 / means.length));
    }

    /// Skewness of the jackknife values over 6; 0 when all values are equal. For a mean the jackknife is the values'
    /// own skewness.
    private static double acceleration(double[] values) {
        double mean = Means.arithmetic(values);
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            double d = value - mean;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
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
