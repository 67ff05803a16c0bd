package phasebench.reports.stats;

import org.jspecify.annotations.Nullable;

/// What a comparison of one metric supports. Direction only: whether lower is better, and what margin counts, is a
/// matter of the metric and of the judge.
public sealed interface Finding {
    /// Pairs below which an interval is shown but called indicative: with four pairs its length is still a matter of
    /// luck.
    int N_FIRM = 5;

    /// The interval lies below no change.
    record ClearlyLower(Change change) implements Finding {}

    /// The interval lies above no change.
    record ClearlyHigher(Change change) implements Finding {}

    /// The interval holds no change, or an exact count is the same; benchstat's `~`.
    record NoSupportedDifference(Change change) implements Finding {}

    /// Too few pairs for an interval.
    ///
    /// @param nNeeded the least number of pairs that would do
    record NotEnoughData(int n, int nNeeded) implements Finding {}

    /// Null stands for a change that could not be computed at all.
    static Finding of(@Nullable Change change) {
        if (change == null) {
            return new NotEnoughData(0, 2);
        }
        if (change.scale() == Change.Scale.EXACT) {
            return direction(change, change.estimate(), change.estimate());
        }
        Interval interval = change.interval();
        return interval == null ? new NotEnoughData(change.n(), 2) : direction(change, interval.low(), interval.high());
    }

    private static Finding direction(Change change, double low, double high) {
        if (high < 0) {
            return new ClearlyLower(change);
        }
        return low > 0 ? new ClearlyHigher(change) : new NoSupportedDifference(change);
    }

    /// Whether the pairs are so few that the finding is only a hint.
    default boolean isIndicative() {
        return switch (this) {
            case ClearlyLower(Change change) -> isFewPairs(change);
            case ClearlyHigher(Change change) -> isFewPairs(change);
            case NoSupportedDifference(Change change) -> isFewPairs(change);
            case NotEnoughData _ -> true;
        };
    }

    private static boolean isFewPairs(Change change) {
        return change.scale() != Change.Scale.EXACT && change.n() < N_FIRM;
    }
}
