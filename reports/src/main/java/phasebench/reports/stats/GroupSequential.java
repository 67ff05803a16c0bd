package phasebench.reports.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// A paired t test that may be looked at more than once, at most three times: repeated confidence
/// intervals and repeated p-values (Jennison and Turnbull 1989; 2000, chapter 9), which hold together at
/// all looks, whyever one stops.
///
/// Boundaries are those of a normal statistic; each becomes one of t by its significance level, with n -
/// 1 degrees of freedom (Jennison and Turnbull 2000, section 4.4; close, not exact: the error rate is
/// checked by simulation).
///
/// Looks are planned as numbers of pairs. Where the pairs that came differ from that, the spending
/// function says what may be used: with n pairs, all planned looks before n count as taken and n as the
/// next; n at or beyond the last planned number is the last look.
public final class GroupSequential {
    /// More looks cost more than they save.
    public static final int LOOKS_MAX = 3;

    /// Below this no p-value is told apart.
    static final double P_MIN = 1e-12;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final List<Integer> looks;
    private final Spending spending;
    private final Map<Question, Double> nominal = new ConcurrentHashMap<>();

    private record Question(int n, double alpha) {}

    /// @param looks pairs at each planned look, ascending; empty for one look at whatever is there
    public GroupSequential(List<Integer> looks, Spending spending) {
        requireLooks(looks);
        this.looks = List.copyOf(looks);
        this.spending = spending;
    }

    /// Throws unless these are at most three ascending numbers from 2 on.
    public static void requireLooks(List<Integer> looks) {
        if (looks.size() > LOOKS_MAX) {
            throw new IllegalArgumentException("at most " + LOOKS_MAX + " looks: " + looks);
        }
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i) < 2 || (i > 0 && looks.get(i) <= looks.get(i - 1))) {
                throw new IllegalArgumentException("looks are not ascending numbers of pairs from 2 on: " + looks);
            }
        }
    }

    /// The repeated interval of the mean of `values`, one for each pair; needs two.
    public Interval interval(double[] values, double alpha) {
        double mean = Means.arithmetic(values);
        double reach = criticalT(values.length, alpha) * standardError(values);
        return new Interval(mean, mean - reach, mean + reach, 1 - alpha);
    }

    /// The repeated p-value of a mean of 0: the smallest alpha whose repeated interval excludes it.
    public double pValue(double[] values) {
        double error = standardError(values);
        double mean = Means.arithmetic(values);
        if (error == 0) {
            return mean == 0 ? 1 : P_MIN;
        }
        double fixed = 2 * TDistribution.of(values.length - 1.0).survivalProbability(Math.abs(mean) / error);
        return Math.clamp(
                fractions(values.length).length == 1 && isLast(values.length) ? fixed : alphaOf(values.length, fixed),
                P_MIN,
                1);
    }

    /// The number of standard errors that the interval with n pairs reaches to each side.
    public double criticalT(int n, double alpha) {
        return StudentT.twoSidedQuantile(n - 1, nominalLevel(n, alpha));
    }

    /// The two-sided significance level of a single t test that the look at n pairs amounts to.
    public double nominalLevel(int n, double alpha) {
        return nominal.computeIfAbsent(new Question(n, alpha), q -> level(q.n, q.alpha));
    }

    private double level(int n, double alpha) {
        double[] fractions = fractions(n);
        double boundary = SequentialBoundaries.of(fractions, alpha, spending)[fractions.length - 1];
        return 2 * NORMAL.survivalProbability(boundary);
    }

    /// Inverts [#nominalLevel] by regula falsi on logarithms, on which it is nearly a straight line.
    private double alphaOf(int n, double wanted) {
        double low = Math.log(P_MIN);
        double high = Math.log(0.9999);
        double goal = Math.log(wanted);
        double below = Math.log(level(n, P_MIN)) - goal;
        double above = Math.log(level(n, 0.9999)) - goal;
        if (below >= 0 || above <= 0) {
            return below >= 0 ? P_MIN : 1;
        }
        double middle = high;
        for (int i = 0; i < 60; i++) {
            middle = high - above * (high - low) / (above - below);
            double here = Math.log(level(n, Math.exp(middle))) - goal;
            if (Math.abs(here) < 1e-9 || high - low < 1e-12) {
                break;
            }
            // the Illinois rule: an end that stays loses half its weight, so that it cannot stay for ever
            if (here > 0) {
                high = middle;
                above = here;
                below /= 2;
            } else {
                low = middle;
                below = here;
                above /= 2;
            }
        }
        return Math.exp(middle);
    }

    /// What share of the planned pairs each look up to the one with n pairs has.
    private double[] fractions(int n) {
        List<Double> fractions = new ArrayList<>();
        if (!looks.isEmpty()) {
            double most = Math.max(n, looks.getLast());
            looks.stream()
                    .filter(look -> look < n && look < looks.getLast())
                    .forEach(look -> fractions.add(look / most));
            fractions.add(n / most);
        } else {
            fractions.add(1.0);
        }
        return fractions.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Whether n pairs are all that were planned.
    private boolean isLast(int n) {
        return looks.isEmpty() || n >= looks.getLast();
    }

    private static double standardError(double[] values) {
        return Means.standardDeviation(values) / Math.sqrt(values.length);
    }
}
