package phasebench.reports.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Two-sided boundaries of a standard normal statistic that is looked at more than once, for a spending
/// function: by numerical integration from look to look (Armitage, McPherson and Rowe 1969; Jennison and
/// Turnbull 2000, chapter 19). Works on the scale of Brownian motion, whose time is the fraction of the
/// pairs.
final class SequentialBoundaries {
    /// Points of the grid for each standard deviation of what is added between two looks.
    private static final int POINTS_PER_DEVIATION = 6;

    private static final int POINTS_MAX = 1600;

    /// No probability that a double can tell from 0 is beyond so many standard deviations.
    private static final double Z_MAX = 37;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private SequentialBoundaries() {}

    /// One boundary for each look.
    ///
    /// @param fractions ascending, each within (0, 1]
    static double[] of(double[] fractions, double alpha, Spending spending) {
        double[] boundaries = new double[fractions.length];
        double before = spending.spent(alpha, fractions[0]);
        boundaries[0] = tailPoint(before);
        if (fractions.length == 1) {
            return boundaries;
        }
        Density density = first(fractions, boundaries[0]);
        for (int look = 1; look < fractions.length; look++) {
            double spent = spending.spent(alpha, fractions[look]);
            double added = Math.sqrt(fractions[look] - fractions[look - 1]);
            double root = Math.sqrt(fractions[look]);
            boundaries[look] = crossing(density, added, root, spent - before);
            before = spent;
            if (look + 1 < fractions.length) {
                density = density.after(added, grid(fractions, look, boundaries[look]));
            }
        }
        return boundaries;
    }

    private static double tailPoint(double twoSided) {
        return twoSided <= 0 ? Z_MAX : Math.min(Z_MAX, NORMAL.inverseSurvivalProbability(twoSided / 2));
    }

    private static Density first(double[] fractions, double boundary) {
        double deviation = Math.sqrt(fractions[0]);
        double[] grid = grid(fractions, 0, boundary);
        return new Density(
                grid,
                Arrays.stream(grid)
                        .map(s -> NORMAL.density(s / deviation) / deviation)
                        .toArray());
    }

    /// Where the paths that have not crossed yet lie: an even number of steps of one length, for
    /// Simpson's rule.
    private static double[] grid(double[] fractions, int look, double boundary) {
        double reach = Math.min(boundary, 10) * Math.sqrt(fractions[look]);
        double scale = Math.sqrt(Math.min(
                fractions[look + 1] - fractions[look],
                look == 0 ? fractions[0] : fractions[look] - fractions[look - 1]));
        int half = (int) Math.ceil(Math.clamp(reach * POINTS_PER_DEVIATION / scale, 16, POINTS_MAX / 2));
        double[] grid = new double[2 * half + 1];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = reach * (i - half) / half;
        }
        return grid;
    }

    /// The boundary that is crossed at this look with the chance `chance`.
    private static double crossing(Density density, double added, double root, double chance) {
        if (chance <= 0) {
            return Z_MAX;
        }
        double low = 0;
        double high = Z_MAX;
        double boundary = 2.5;
        // Newton on the logarithm of the chance, which is nearly a parabola; halving where a step would leave the
        // bracket
        for (int i = 0; i < 80; i++) {
            double here = density.beyond(boundary * root, added);
            double apart = Math.log(here / chance);
            if (apart > 0) {
                low = boundary;
            } else {
                high = boundary;
            }
            double step = boundary + apart * here / (root * density.slope(boundary * root, added));
            double next = step > low && step < high ? step : (low + high) / 2;
            if (Math.abs(next - boundary) < 1e-10) {
                return next;
            }
            boundary = next;
        }
        return boundary;
    }

    /// The density of the paths that have not crossed, on a grid; weights of Simpson's rule included on
    /// use.
    private static final class Density {
        private final double[] grid;
        private final double[] values;

        Density(double[] grid, double[] values) {
            this.grid = grid;
            this.values = values;
        }

        /// The chance to be beyond +-bound after a normal step with standard deviation `added`.
        double beyond(double bound, double added) {
            double sum = 0;
            for (int i = 0; i < grid.length; i++) {
                double tails = NORMAL.survivalProbability((bound - grid[i]) / added)
                        + NORMAL.survivalProbability((bound + grid[i]) / added);
                sum += weight(i) * values[i] * tails;
            }
            return sum;
        }

        /// By how much [#beyond] falls for each unit of the bound.
        double slope(double bound, double added) {
            double sum = 0;
            for (int i = 0; i < grid.length; i++) {
                double both = NORMAL.density((bound - grid[i]) / added) + NORMAL.density((bound + grid[i]) / added);
                sum += weight(i) * values[i] * both / added;
            }
            return sum;
        }

        Density after(double added, double[] next) {
            double[] moved = new double[next.length];
            for (int j = 0; j < next.length; j++) {
                double sum = 0;
                for (int i = 0; i < grid.length; i++) {
                    double z = (next[j] - grid[i]) / added;
                    sum += weight(i) * values[i] * Math.exp(-z * z / 2);
                }
                moved[j] = sum / (added * Math.sqrt(2 * Math.PI));
            }
            return new Density(next, moved);
        }

        private double weight(int i) {
            double step = grid[1] - grid[0];
            boolean isEnd = i == 0 || i == grid.length - 1;
            return step / 3 * (isEnd ? 1 : i % 2 == 1 ? 4 : 2);
        }
    }
}
