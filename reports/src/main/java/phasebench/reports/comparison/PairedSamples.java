package phasebench.reports.comparison;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import phasebench.reports.comparison.ComparisonDocument.Sample;

/// One metric under two variants, round by round, where both were measured: `before[i]` and `after[i]` come
/// from the same round.
final class PairedSamples {
    private final double[] before;
    private final double[] after;

    private PairedSamples(double[] before, double[] after) {
        this.before = before;
        this.after = after;
    }

    static PairedSamples of(List<Sample> before, List<Sample> after) {
        SortedMap<Integer, Double> first = byRound(before);
        SortedMap<Integer, Double> second = byRound(after);
        first.keySet().retainAll(second.keySet());
        second.keySet().retainAll(first.keySet());
        return new PairedSamples(values(first), values(second));
    }

    double[] before() {
        return before.clone();
    }

    double[] after() {
        return after.clone();
    }

    int n() {
        return before.length;
    }

    private static double[] values(SortedMap<Integer, Double> byRound) {
        return byRound.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The first measured trial of each round: a round has one of each variant, however often it had to be
    /// tried.
    private static SortedMap<Integer, Double> byRound(List<Sample> samples) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.value() != null) {
                byRound.putIfAbsent(sample.round(), sample.value());
            }
        }
        return byRound;
    }
}
