package phasebench.reports.verdict;

/// What an experiment repeats; each one that counts gives a comparison one ratio.
public enum Repetition {
    LAUNCH_PAIR("launch pair"),
    ROUND("round");

    private final String word;

    Repetition(String word) {
        this.word = word;
    }

    /// `launch pair` or `launch pairs`: the noun for that many of them.
    public String noun(int count) {
        return count == 1 ? word : word + "s";
    }
}
