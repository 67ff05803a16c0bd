package phasebench.reports.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.verdict.ClaimVerdict;

/// What was expected of each phase of a ladder, and of several together, beside what was measured, and
/// what came of each claim.
///
/// @param steps phases in the order of the ladder, then the cumulative rows
/// @param contradictions where the plan contradicts itself, a sentence each
public record LadderResult(List<Step> steps, List<String> contradictions) {
    public LadderResult {
        steps = List.copyOf(steps);
        contradictions = List.copyOf(contradictions);
    }

    /// A phase, or a cumulative row.
    ///
    /// @param id of the phase or row
    /// @param kind `phase` or `row`
    /// @param variant the variant that was measured: the phase itself, or the last one of the row
    public record Step(String id, String kind, String variant, List<Line> lines) {
        public Step {
            lines = List.copyOf(lines);
        }
    }

    /// One metric of a step, counted from one variant.
    ///
    /// @param metric id in the catalogue
    /// @param against the variant that the change is counted from; null where the numbers are a level
    /// @param expected the claims in the plan's words; empty where nothing was claimed
    /// @param claims what came of each of them, in the same order
    public record Line(
            String metric,
            @Nullable String against,
            List<String> expected,
            Measured measured,
            List<ClaimFinding> claims) {
        public Line {
            expected = List.copyOf(expected);
            claims = List.copyOf(claims);
        }
    }

    /// What came of one claim.
    ///
    /// @param reason why, in a sentence
    public record ClaimFinding(String claim, ClaimVerdict verdict, String reason) {}

    /// What came out.
    ///
    /// @param kind `relative` (a fraction), `absolute` or `level` (both in the metric's own unit), or `missing`
    /// @param low lower end of the interval; null without one, as `high`
    /// @param n pairs of trials, or trials for a level
    /// @param note why there is no number, `exact` where nothing varied, or how launch pairs say so
    public record Measured(
            String kind,
            @Nullable Double estimate,
            @Nullable Double low,
            @Nullable Double high,
            int n,
            String note) {}
}
