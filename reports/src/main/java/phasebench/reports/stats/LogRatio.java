package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/// A ratio on the log scale with what is known of its error. Independent ones add up to the ratio of both steps
/// together, with Satterthwaite's (1946) degrees of freedom.
///
/// @param estimate natural logarithm of the ratio
/// @param squaredError squared standard error of the estimate
/// @param degreesOfFreedom of the squared error
public record LogRatio(double estimate, double squaredError, double degreesOfFreedom) {
    /// The mean of one log ratio per launch pair; needs two.
    public static LogRatio ofMean(double[] logRatios) {
        return new LogRatio(Means.arithmetic(logRatios), Welch.squaredError(logRatios), logRatios.length - 1);
    }

    /// This step and an independent one behind it.
    public LogRatio plus(LogRatio next) {
        double sum = squaredError + next.squaredError;
        double freedom = sum == 0
                ? Math.min(degreesOfFreedom, next.degreesOfFreedom)
                : Welch.degreesOfFreedom(squaredError, degreesOfFreedom, next.squaredError, next.degreesOfFreedom);
        return new LogRatio(estimate + next.estimate, sum, freedom);
    }

    /// The same error around another estimate.
    LogRatio around(double otherEstimate) {
        return new LogRatio(otherEstimate, squaredError, degreesOfFreedom);
    }

    /// The ratio itself, with its t interval.
    public Interval ratio(double confidence) {
        double reach = squaredError == 0
                ? 0
                : TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(0.5 + confidence / 2)
                        * Math.sqrt(squaredError);
        return new Interval(Math.exp(estimate), Math.exp(estimate - reach), Math.exp(estimate + reach), confidence);
    }
}
