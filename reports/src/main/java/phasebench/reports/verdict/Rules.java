package phasebench.reports.verdict;

import java.util.List;
import phasebench.reports.stats.GroupSequential;

/// What a verdict is held to.
///
/// @param margin relative difference (0.005 for 0.5 %) up to which two variants count as equivalent;
///     the same factor to both sides, so that it does not matter which of them is called the baseline
/// @param confidence (0-1) that the family as a whole has no false improvement or regression
/// @param looks planned numbers of pairs at which results are looked at, ascending, at most three;
///     empty for one look at whatever is there
public record Rules(double margin, double confidence, List<Integer> looks) {
    /// Margin of experiments.
    public static final double MARGIN_EXPERIMENT = 0.005;

    /// Margin of the shipped gate.
    public static final double MARGIN_GATE = 0.02;

    /// Confidence unless a policy says otherwise.
    public static final double CONFIDENCE = 0.95;

    /// An experiment with one look.
    public static final Rules EXPERIMENT = new Rules(MARGIN_EXPERIMENT, CONFIDENCE, List.of());

    /// The shipped gate with one look.
    public static final Rules GATE = new Rules(MARGIN_GATE, CONFIDENCE, List.of());

    public Rules {
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("margin is not within 0..1: " + margin);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is not within 0..1: " + confidence);
        }
        looks = List.copyOf(looks);
        GroupSequential.requireLooks(looks);
    }

    /// The same rules with other looks.
    public Rules withLooks(List<Integer> other) {
        return new Rules(margin, confidence, other);
    }

    double logMargin() {
        return Math.log1p(margin);
    }
}
