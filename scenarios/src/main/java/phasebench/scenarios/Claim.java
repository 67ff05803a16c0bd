package phasebench.scenarios;

/// What a phase, or several together, were expected to do to one metric.
///
/// @param statement whether the numbers say how far the metric moves or where it ends
/// @param against what a change is counted from
/// @param text the claim in the plan's words
public record Claim(
        ClaimMetric metric, Statement statement, ClaimRange range, ClaimUnit unit, ClaimBase against, String text) {
    /// What the numbers of a claim are.
    public enum Statement {
        /// How far the metric moves.
        CHANGE,
        /// Where the metric ends.
        LEVEL
    }

    public Claim {
        if (statement == Statement.LEVEL && isOnlyOfChange(unit)) {
            throw new IllegalArgumentException("a level cannot be stated in " + unit.word());
        }
        if (statement == Statement.CHANGE && unit == ClaimUnit.PERCENT_OF_CORE) {
            throw new IllegalArgumentException("a change of CPU is stated in relative or percentagePoints");
        }
    }

    static boolean isOnlyOfChange(ClaimUnit unit) {
        return unit == ClaimUnit.RELATIVE || unit == ClaimUnit.PERCENTAGE_POINTS;
    }
}
