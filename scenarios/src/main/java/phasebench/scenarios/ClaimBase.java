package phasebench.scenarios;

/// What a claim is made against.
public enum ClaimBase {
    /// The state before the phase, or before the first phase of a cumulative row.
    PARENT("parent"),
    /// Where the plan's author began.
    INITIAL("initial"),
    /// Where the plan's author stood when writing it.
    CURRENT("current");

    private final String word;

    ClaimBase(String word) {
        this.word = word;
    }

    /// The word in files.
    public String word() {
        return word;
    }
}
