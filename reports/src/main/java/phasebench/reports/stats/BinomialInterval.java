package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// The exact interval of a share (Clopper and Pearson 1934): never shorter than promised, somewhat longer
/// where counts are small.
public final class BinomialInterval {
    private BinomialInterval() {}

    /// The interval of the share that `hits` of `n` stand for; needs one try.
    public static Interval of(int hits, int n, double confidence) {
        if (n < 1 || hits < 0 || hits > n) {
            throw new IllegalArgumentException("not hits of tries: " + hits + " of " + n);
        }
        double tail = (1 - confidence) / 2;
        double low = hits == 0 ? 0 : BetaDistribution.of(hits, n - hits + 1.0).inverseCumulativeProbability(tail);
        double high = hits == n ? 1 : BetaDistribution.of(hits + 1.0, n - hits).inverseSurvivalProbability(tail);
        return new Interval((double) hits / n, low, high, confidence);
    }
}
