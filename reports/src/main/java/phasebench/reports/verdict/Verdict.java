package phasebench.reports.verdict;

import java.util.Locale;

/// What a comparison supports. Lower is better for every metric that gets one.
public enum Verdict {
    /// The candidate needs less, and not by chance.
    IMPROVED,
    /// The candidate needs more, and not by chance.
    REGRESSED,
    /// Whatever difference there is lies within the margin.
    EQUIVALENT,
    /// The pairs do not tell; more of them may.
    INCONCLUSIVE,
    /// There is no number to judge.
    INVALID;

    /// As pages and files for people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
