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

    /// The t value that is exceeded to either side together with the chance `level`; exact also far out
    /// in the tails.
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
        // Newton on the logarithm of the tail, which is nearly straight; halving where a step would leave the bracket
        double middle = (low + high) / 2;
        for (int i = 0; i < 80; i++) {
            double tail = t.survivalProbability(middle);
            double apart = Math.log(2 * tail / level);
            if (apart > 0) {
                low = middle;
            } else {
                high = middle;
            }
            double step = middle + apart * tail / t.density(middle);
            double next = step > low && step < high ? step : (low + high) / 2;
            if (Math.abs(next - middle) <= 1e-14 * middle) {
                return next;
            }
            middle = next;
        }
        return middle;
    }

    static double quantile(int degreesOfFreedom, double probability) {
        return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
    }
}
