package phasebench.reports.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The centre of a symmetric distribution that one wild value cannot move (Hodges and Lehmann 1963): the
/// median of the means of all pairs of values.
public final class HodgesLehmann {
    private HodgesLehmann() {}

    /// The estimate; needs one value.
    public static double of(double[] values) {
        double[] means = walshAverages(values);
        int middle = means.length / 2;
        return means.length % 2 == 1 ? means[middle] : (means[middle - 1] + means[middle]) / 2;
    }

    /// The interval that belongs to the signed-rank test (Hollander and Wolfe 1999, section 3.3): from
    /// one pair's mean to another, so that its confidence is at least the one asked for. Null with too
    /// few values for that.
    public static @Nullable Interval interval(double[] values, double confidence) {
        double[] means = walshAverages(values);
        int outside = Wilcoxon.criticalCount(values.length, (1 - confidence) / 2);
        if (outside < 0) {
            return null;
        }
        return new Interval(of(values), means[outside], means[means.length - 1 - outside], confidence);
    }

    /// Means of all pairs, each value with itself included, ascending.
    private static double[] walshAverages(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] means = new double[values.length * (values.length + 1) / 2];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i; j < values.length; j++) {
                means[count++] = (values[i] + values[j]) / 2;
            }
        }
        Arrays.sort(means);
        return means;
    }
}
