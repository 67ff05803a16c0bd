package phasebench.scenarios;

/// What the numbers of a claim count in. Percent of a figure and percentage points are never the same thing.
public enum ClaimUnit {
    /// Percent of the figure that the claim is made against; -5 of 21.5 is 20.425.
    RELATIVE("relative", "%"),
    /// Difference of two percentages of a core; -5 of 21.5 is 16.5.
    PERCENTAGE_POINTS("percentagePoints", "points"),
    /// CPU as percent of one core.
    PERCENT_OF_CORE("percentOfCore", "% of a core"),
    MEGABYTES("MB", "MB"),
    COUNT("count", "");

    private final String word;
    private final String symbol;

    ClaimUnit(String word, String symbol) {
        this.word = word;
        this.symbol = symbol;
    }

    /// The word in files.
    public String word() {
        return word;
    }

    /// What stands behind a number on a page; empty for a plain count.
    public String symbol() {
        return symbol;
    }
}
