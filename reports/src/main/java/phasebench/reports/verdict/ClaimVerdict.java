package phasebench.reports.verdict;

import java.util.Locale;

/// What came of a claim.
public enum ClaimVerdict {
    /// The whole interval lies within what was expected, margin included.
    CONFIRMED,
    /// The whole interval lies beyond it: more than was promised.
    EXCEEDED,
    /// The whole interval falls short of it.
    REFUTED,
    /// The interval tells none of the three.
    INCONCLUSIVE;

    /// As pages and files for people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
