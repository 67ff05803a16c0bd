package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/// The t interval of a mean (Student 1908): right when the values, or enough of them, are about normal.
public final class StudentT {
    private StudentT() {}

    /// The interval of the mean of `values`, one value per trial or pair of trials; needs two.
    public static Interval ofMean(double[] values, double confidence) {
        double mean = Means.arithmetic(values);
        double standardError = Means.standardDeviation(values) / Math.sqrt(values.length);
        double reach = quantile(values.length - 1, 0.5 + confidence / 2) * standardError;
        return new Interval(mean, mean - reach, mean + reach, confidence);
    }

    static double quantile(double degreesOfFreedom, double probability) {
        return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
    }
}
