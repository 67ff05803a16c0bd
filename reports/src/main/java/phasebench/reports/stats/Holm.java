package phasebench.reports.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Holm's step-down test of a family (Holm 1979): the chance of one false rejection or more is at most
/// alpha, however the tests depend on each other.
public final class Holm {
    private Holm() {}

    /// Adjusted p-values, in the order given, as R's `p.adjust(p, "holm")`.
    public static double[] adjust(double[] pValues) {
        int[] ascending = ascending(pValues);
        double[] adjusted = new double[pValues.length];
        double highest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            double own = Math.min(1, (pValues.length - rank) * pValues[ascending[rank]]);
            highest = Math.max(highest, own);
            adjusted[ascending[rank]] = highest;
        }
        return adjusted;
    }

    /// The level at which each hypothesis was tested, in the order given: alpha / m for the smallest
    /// p-value, alpha / (m - 1) for the next, up to the first that is not rejected; that one and all
    /// after it have its level. A hypothesis is rejected if and only if its p-value is at most its level.
    public static double[] levels(double[] pValues, double alpha) {
        int[] ascending = ascending(pValues);
        double[] levels = new double[pValues.length];
        double level = alpha / Math.max(1, pValues.length);
        boolean hasStopped = false;
        for (int rank = 0; rank < ascending.length; rank++) {
            level = hasStopped ? level : alpha / (pValues.length - rank);
            hasStopped |= pValues[ascending[rank]] > level;
            levels[ascending[rank]] = level;
        }
        return levels;
    }

    private static int[] ascending(double[] pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("not a p-value: " + p);
            }
        }
        List<Integer> order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .toList();
        return order.stream().mapToInt(Integer::intValue).toArray();
    }
}
