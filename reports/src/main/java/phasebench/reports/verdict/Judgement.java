package phasebench.reports.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.stats.Interval;

/// A verdict with all that it rests on.
///
/// @param ratio candidate / baseline, from the mean of the log ratios; null without a number
/// @param interval of that ratio: repeated, at the level at which Holm's procedure tested it, so that
///     it excludes 1 if and only if the difference counts as real; of no length for an exact count; null
///     with too few pairs
/// @param n pairs
/// @param familySize comparisons that were judged together, this one included
/// @param morePairs about how many more pairs would decide, with a chance of [Judge#POWER]; null
///     unless inconclusive, and where no reasonable number does
/// @param robustRatio the same by Hodges and Lehmann, which no single wild pair can move; null
///     without a number
/// @param warnings what to know before trusting it, each with advice
/// @param reason why this verdict, in a sentence
public record Judgement(
        Comparison comparison,
        Verdict verdict,
        @Nullable Double ratio,
        @Nullable Interval interval,
        int n,
        int familySize,
        @Nullable Integer morePairs,
        @Nullable Double robustRatio,
        List<String> warnings,
        String reason) {
    public Judgement {
        warnings = List.copyOf(warnings);
    }

    /// Whether pairs spread so far that no reasonable number of them would decide.
    public boolean isBeyondMeasuring() {
        return verdict == Verdict.INCONCLUSIVE && interval != null && morePairs == null;
    }
}
