package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/// Welch's test of two samples whose spreads may differ (Welch 1947), with Satterthwaite's degrees of freedom.
///
/// @param difference mean of the second sample less that of the first
/// @param interval of the difference
/// @param pValue two-sided: how often chance alone makes a difference as large
public record Welch(double difference, Interval interval, double pValue) {
    /// Needs two values in each sample, and a spread in one of them.
    public static Welch of(double[] first, double[] second, double confidence) {
        double ofFirst = squaredError(first);
        double ofSecond = squaredError(second);
        double error = Math.sqrt(ofFirst + ofSecond);
        if (!(error > 0)) {
            throw new IllegalArgumentException("nothing varies in either sample");
        }
        double difference = Means.arithmetic(second) - Means.arithmetic(first);
        TDistribution t = TDistribution.of(degreesOfFreedom(ofFirst, first.length - 1, ofSecond, second.length - 1));
        double reach = t.inverseCumulativeProbability(0.5 + confidence / 2) * error;
        double pValue = 2 * t.survivalProbability(Math.abs(difference) / error);
        return new Welch(
                difference, new Interval(difference, difference - reach, difference + reach, confidence), pValue);
    }

    /// Satterthwaite's (1946) for the sum of two squared standard errors.
    static double degreesOfFreedom(double squaredError, double freedom, double otherSquaredError, double otherFreedom) {
        double sum = squaredError + otherSquaredError;
        return sum
                * sum
                / (squaredError * squaredError / freedom + otherSquaredError * otherSquaredError / otherFreedom);
    }

    /// Of the mean; needs two values.
    static double squaredError(double[] values) {
        double deviation = Means.standardDeviation(values);
        return deviation * deviation / values.length;
    }
}
