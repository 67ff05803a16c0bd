package phasebench.reports.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The signed-rank test of a centre of 0 (Wilcoxon 1945), two-sided. Zeros are left out, as Wilcoxon did,
/// and equal sizes share their mean rank.
///
/// @param statistic sum of the ranks of the positive values
/// @param n values other than 0
/// @param pValue exact, given the ranks, up to [#N_EXACT] values, else by the normal distribution
///     with a correction for continuity
public record Wilcoxon(double statistic, int n, double pValue) {
    /// Up to so many values every sign is counted out.
    static final int N_EXACT = 60;

    public static Wilcoxon of(double[] values) {
        double[] others = Arrays.stream(values).filter(v -> v != 0).toArray();
        int[] doubledRanks = doubledRanks(others);
        long doubledSum = 0;
        for (int i = 0; i < others.length; i++) {
            doubledSum += others[i] > 0 ? doubledRanks[i] : 0;
        }
        double p = others.length <= N_EXACT ? exact(doubledRanks, doubledSum) : normal(doubledRanks, doubledSum);
        return new Wilcoxon(doubledSum / 2.0, others.length, p);
    }

    /// The largest number of pairs' means that lie outside an interval on each side with a chance of
    /// `tail` at most; -1 if not even none does.
    static int criticalCount(int n, double tail) {
        if (n > N_EXACT) {
            double mean = n * (n + 1) / 4.0;
            double deviation = Math.sqrt(n * (n + 1.0) * (2 * n + 1) / 24);
            return (int)
                    Math.floor(mean + NormalDistribution.of(0, 1).inverseCumulativeProbability(tail) * deviation - 0.5);
        }
        double[] counts = counts(IntStream.rangeClosed(1, n).toArray());
        double below = 0;
        int sum = 0;
        while (sum < counts.length && below + counts[sum] <= tail) {
            below += counts[sum++];
        }
        return sum - 1;
    }

    private static double exact(int[] ranks, long sum) {
        double[] counts = counts(ranks);
        double below = 0;
        double above = 0;
        for (int i = 0; i < counts.length; i++) {
            below += i <= sum ? counts[i] : 0;
            above += i >= sum ? counts[i] : 0;
        }
        return Math.min(1, 2 * Math.min(below, above));
    }

    /// The distribution of the sum of ranks, each in or out with one half.
    private static double[] counts(int[] ranks) {
        double[] counts = new double[Arrays.stream(ranks).sum() + 1];
        counts[0] = 1;
        int reached = 0;
        for (int rank : ranks) {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--) {
                counts[sum] = (counts[sum] + (sum >= rank ? counts[sum - rank] : 0)) / 2;
            }
        }
        return counts;
    }

    private static double normal(int[] doubledRanks, long doubledSum) {
        double mean = Arrays.stream(doubledRanks).asLongStream().sum() / 2.0;
        double variance =
                Arrays.stream(doubledRanks).mapToDouble(r -> (double) r * r).sum() / 4;
        // one step of the sum is 2, because ranks are doubled
        double apart = Math.max(0, Math.abs(doubledSum - mean) - 1);
        return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(apart / Math.sqrt(variance)));
    }

    /// Twice the ranks of the sizes, so that shared ones are whole.
    private static int[] doubledRanks(double[] values) {
        List<Integer> order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
                .toList();
        int[] ranks = new int[values.length];
        for (int first = 0; first < values.length; ) {
            int last = first;
            while (last + 1 < values.length
                    && Math.abs(values[order.get(last + 1)]) == Math.abs(values[order.get(first)])) {
                last++;
            }
            for (int i = first; i <= last; i++) {
                ranks[order.get(i)] = first + last + 2;
            }
            first = last + 1;
        }
        return ranks;
    }
}
