package phasebench.reports.rundir;

/// Names one launch pair of an experiment.
///
/// @param number 1-based, among the pairs of this couple and kind
/// @param baseline id of the variant that is compared with
/// @param candidate id of the variant that is compared
/// @param attempt 1-based; above 1 for the repeat of an invalid or failed pair
public record PairId(int number, String baseline, String candidate, int attempt, PairKind kind) {
    /// How the names of launch pairs' folders begin; no trial's folder does.
    static final String PREFIX = "pair-";

    public PairId {
        if (number < 1 || attempt < 1) {
            throw new IllegalArgumentException("number and attempt begin at 1: " + number + ", " + attempt);
        }
    }

    /// A launch pair with media.
    public PairId(int number, String baseline, String candidate, int attempt) {
        this(number, baseline, candidate, attempt, PairKind.MEDIA);
    }

    /// The pair's folder under `trials/`, such as `pair-01-start-best`, `pair-01-start-best.2` or, without media,
    /// `pair-idle-01-start-best`.
    public String directoryName() {
        String kindText = switch (kind) {
            case MEDIA -> "";
            case IDLE -> "idle-";
        };
        String name = PREFIX + "%s%02d-%s-%s".formatted(kindText, number, baseline, candidate);
        return attempt == 1 ? name : name + "." + attempt;
    }

    /// The same pair once more, under a folder name of its own.
    public PairId again() {
        return new PairId(number, baseline, candidate, attempt + 1, kind);
    }
}
