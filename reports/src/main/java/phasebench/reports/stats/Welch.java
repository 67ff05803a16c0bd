package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/// The t interval of the difference of two means whose values come in no pairs and may spread differently (Welch 1947;
/// degrees of freedom by Satterthwaite 1946).
public final class Welch {
    private Welch() {}

    /// Mean of `second` less mean of `first`; needs two values of each, and some spread.
    public static Interval ofDifference(double[] first, double[] second, double confidence) {
        double firstError = squaredError(first);
        double secondError = squaredError(second);
        double error = firstError + secondError;
        double difference = Means.arithmetic(second) - Means.arithmetic(first);
        if (error == 0) {
            return new Interval(difference, difference, difference, confidence);
        }
        double degreesOfFreedom = error
                * error
                / (firstError * firstError / (first.length - 1) + secondError * secondError / (second.length - 1));
        double reach = TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(0.5 + confidence / 2)
                * Math.sqrt(error);
        return new Interval(difference, difference - reach, difference + reach, confidence);
    }

    private static double squaredError(double[] values) {
        double deviation = Means.standardDeviation(values);
        return deviation * deviation / values.length;
    }
}
