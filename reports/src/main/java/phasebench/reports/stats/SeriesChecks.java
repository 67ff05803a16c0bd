package phasebench.reports.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Looks at values in the order in which they were measured for what a t interval does not allow for.
/// Each check is wrong about 1 series in 40 or fewer that has nothing; none of them removes a value.
public final class SeriesChecks {
    /// Below this no series shows anything about its order.
    public static final int N_ORDER = 8;

    /// Below this no value stands out.
    public static final int N_OUTLIERS = 5;

    private static final double AUTOCORRELATION_Z = 1.96;
    private static final double DRIFT_Z = 2.576;
    private static final double SKEWNESS_Z = 2.576;

    /// Of a modified z score (Iglewicz and Hoaglin 1993).
    private static final double OUTLIER_SCORE = 3.5;

    private SeriesChecks() {}

    /// What a series is suspected of.
    public sealed interface Suspicion {
        /// Neighbours resemble each other, so that the interval is too short.
        ///
        /// @param lag1 correlation of a value with the next one
        record Autocorrelated(double lag1) implements Suspicion {}

        /// Later values are higher, or lower, than earlier ones.
        ///
        /// @param change from the first value to the last along the median slope (Theil and Sen)
        record Drifting(double change) implements Suspicion {}

        /// Values reach further to one side than to the other, so that the interval is too short on that
        /// side.
        ///
        /// @param skewness 0 for what is symmetric
        record Lopsided(double skewness) implements Suspicion {}

        /// Values that lie far off the others.
        ///
        /// @param indexes 0-based
        record Outlying(List<Integer> indexes) implements Suspicion {
            public Outlying {
                indexes = List.copyOf(indexes);
            }
        }
    }

    /// None for a series that shows nothing, or is too short to.
    public static List<Suspicion> of(double[] values) {
        List<Suspicion> suspicions = new ArrayList<>();
        if (values.length < N_OUTLIERS || Means.isConstant(values)) {
            return suspicions;
        }
        if (values.length >= N_ORDER) {
            boolean drifts = Math.abs(trendZ(values)) > DRIFT_Z;
            if (drifts) {
                suspicions.add(new Suspicion.Drifting(medianSlope(values) * (values.length - 1)));
            } else if (autocorrelationZ(values) > AUTOCORRELATION_Z) {
                suspicions.add(new Suspicion.Autocorrelated(lag1(values)));
            }
        }
        if (values.length >= N_ORDER && Math.abs(skewnessZ(values)) > SKEWNESS_Z) {
            suspicions.add(new Suspicion.Lopsided(skewness(values)));
        }
        List<Integer> outliers = outliers(values);
        if (!outliers.isEmpty()) {
            suspicions.add(new Suspicion.Outlying(outliers));
        }
        return suspicions;
    }

    static double lag1(double[] values) {
        double mean = Means.arithmetic(values);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            products += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return products / squares;
    }

    /// Without correlation, lag 1 has about the mean -1/n and the variance (n - 2)^2 / (n^2 (n - 1))
    /// (Moran 1948).
    static double autocorrelationZ(double[] values) {
        double n = values.length;
        return (lag1(values) + 1 / n) / ((n - 2) / (n * Math.sqrt(n - 1)));
    }

    /// Mann (1945) and Kendall: later values above earlier ones, less those below.
    static double trendZ(double[] values) {
        double n = values.length;
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                sum += Double.compare(values[j], values[i]);
            }
        }
        double deviation = Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
        return Math.signum(sum) * Math.max(0, Math.abs(sum) - 1) / deviation;
    }

    /// Fisher's, corrected for the number of values (G1 of Joanes and Gill 1998).
    static double skewness(double[] values) {
        double n = values.length;
        double mean = Means.arithmetic(values);
        double squares = Arrays.stream(values).map(v -> Math.pow(v - mean, 2)).sum() / n;
        double cubes = Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).sum() / n;
        return Math.sqrt(n * (n - 1)) / (n - 2) * cubes / Math.pow(squares, 1.5);
    }

    private static double skewnessZ(double[] values) {
        double n = values.length;
        return skewness(values) / Math.sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)));
    }

    private static double medianSlope(double[] values) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes.add((values[j] - values[i]) / (j - i));
            }
        }
        return median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<Integer> outliers(double[] values) {
        double median = median(values);
        double[] apart = Arrays.stream(values).map(v -> Math.abs(v - median)).toArray();
        double deviation = median(apart);
        if (deviation == 0) {
            return List.of();
        }
        return IntStream.range(0, values.length)
                .filter(i -> 0.6745 * apart[i] / deviation > OUTLIER_SCORE)
                .boxed()
                .toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
