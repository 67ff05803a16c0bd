package phasebench.reports.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.FDistribution;
import org.jspecify.annotations.Nullable;

/// A straight line through points by ordinary least squares; x is without error.
///
/// @param n number of points
/// @param residualDeviation standard deviation of the points about the line, with n - 2; NaN for two points
/// @param slopeError standard error of the slope; NaN for two points
/// @param interceptError standard error of the intercept; NaN for two points
/// @param bend how far the means at each x lie off the line
public record LinearFit(
        int n,
        double slope,
        double intercept,
        double residualDeviation,
        double slopeError,
        double interceptError,
        Bend bend) {
    /// Whether the points lie about a line at all.
    ///
    /// @param meanApartMax how far the mean of the points at one x lies off the line, at most; in y
    /// @param lackOfFit p-value of the F test of the means' distances from the line, against the spread
    ///     about the means; null without points that share an x, or with fewer than three x
    public record Bend(double meanApartMax, @Nullable Double lackOfFit) {}

    /// The line through `(x[i], y[i])`; needs two different x.
    public static LinearFit of(double[] x, double[] y) {
        int n = x.length;
        if (n != y.length || Arrays.stream(x).distinct().count() < 2) {
            throw new IllegalArgumentException("no line through x " + Arrays.toString(x) + ", y " + Arrays.toString(y));
        }
        double meanX = Means.arithmetic(x);
        double meanY = Means.arithmetic(y);
        double squaresX = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            squaresX += (x[i] - meanX) * (x[i] - meanX);
            products += (x[i] - meanX) * (y[i] - meanY);
        }
        double slope = products / squaresX;
        double intercept = meanY - slope * meanX;
        double squaresResidual = 0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - intercept - slope * x[i];
            squaresResidual += residual * residual;
        }
        double deviation = n < 3 ? Double.NaN : Math.sqrt(squaresResidual / (n - 2));
        return new LinearFit(
                n,
                slope,
                intercept,
                deviation,
                deviation / Math.sqrt(squaresX),
                deviation * Math.sqrt(1.0 / n + meanX * meanX / squaresX),
                bend(x, y, slope, intercept));
    }

    private static Bend bend(double[] x, double[] y, double slope, double intercept) {
        Map<Double, List<Double>> byX = new TreeMap<>();
        for (int i = 0; i < x.length; i++) {
            byX.computeIfAbsent(x[i], _ -> new ArrayList<>()).add(y[i]);
        }
        double apartMax = 0;
        double squaresOfMeans = 0;
        double squaresWithin = 0;
        for (Map.Entry<Double, List<Double>> group : byX.entrySet()) {
            double[] values =
                    group.getValue().stream().mapToDouble(Double::doubleValue).toArray();
            double mean = Means.arithmetic(values);
            double apart = mean - intercept - slope * group.getKey();
            apartMax = Math.max(apartMax, Math.abs(apart));
            squaresOfMeans += values.length * apart * apart;
            squaresWithin += Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
        }
        int freeOfMeans = byX.size() - 2;
        int freeWithin = x.length - byX.size();
        if (freeOfMeans < 1 || freeWithin < 1 || squaresWithin == 0) {
            return new Bend(apartMax, null);
        }
        double f = squaresOfMeans / freeOfMeans / (squaresWithin / freeWithin);
        return new Bend(apartMax, FDistribution.of(freeOfMeans, freeWithin).survivalProbability(f));
    }

    /// The t interval of the slope; null for two points, through which any line goes.
    public @Nullable Interval slopeInterval(double confidence) {
        return interval(slope, slopeError, n - 2, confidence);
    }

    /// The t interval of the intercept; null for two points.
    public @Nullable Interval interceptInterval(double confidence) {
        return interval(intercept, interceptError, n - 2, confidence);
    }

    /// This slope minus another line's, whose points are others, by Welch's t with the degrees of freedom of
    /// Satterthwaite (1946); null when one of the two has no error of its own.
    public @Nullable Interval slopeMinus(LinearFit other, double confidence) {
        double difference = slope - other.slope;
        double mine = slopeError * slopeError;
        double others = other.slopeError * other.slopeError;
        double error = Math.sqrt(mine + others);
        double free = (mine + others) * (mine + others) / (mine * mine / (n - 2) + others * others / (other.n - 2));
        return interval(difference, error, free, confidence);
    }

    private static @Nullable Interval interval(double estimate, double error, double free, double confidence) {
        if (!Double.isFinite(error) || !(free > 0)) {
            return null;
        }
        double reach = StudentT.quantile(free, 0.5 + confidence / 2) * error;
        return new Interval(estimate, estimate - reach, estimate + reach, confidence);
    }

    /// The line's y at an x.
    public double at(double x) {
        return intercept + slope * x;
    }
}
