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

    /// The t value that is exceeded to either side together with the chance `level`; exact also far out in the tails.
    static double twoSidedQuantile(double degreesOfFreedom, double level) {
        if (level >= 1) {
            return 0;
        }
        TDistribution t = TDistribution.of(degreesOfFreedom);
        double low = 0;
        double high = 1;
        while (2 * t.survivalProbability(high) > level && high < Double.MAX_VALUE / 4) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < 80 && high - low > 1e-14 * high; i++) {
            double middle = (low + high) / 2;
            if (2 * t.survivalProbability(middle) > level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    static double quantile(int degreesOfFreedom, double probability) {
        return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
    }
}
