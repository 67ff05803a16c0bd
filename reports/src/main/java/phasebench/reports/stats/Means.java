package phasebench.reports.stats;

import java.util.Arrays;

/// Means and spread of a few numbers.
public final class Means {
    private Means() {}

    public static double arithmetic(double[] values) {
        if (isConstant(values)) {
            return values[0];
        }
        return Arrays.stream(values).sum() / values.length;
    }

    /// The mean on the log scale; every value must be positive.
    public static double geometric(double[] values) {
        double[] logs = logs(values);
        return isConstant(values) ? values[0] : Math.exp(arithmetic(logs));
    }

    /// Sample standard deviation, with n - 1; needs two values.
    public static double standardDeviation(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("need >= 2 values: " + values.length);
        }
        double mean = arithmetic(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    static double[] logs(double[] values) {
        for (double value : values) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("no logarithm of " + value);
            }
        }
        return Arrays.stream(values).map(Math::log).toArray();
    }

    /// Whether nothing varies; then the mean is that value, without an error of rounding.
    static boolean isConstant(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
