package phasebench.reports.rundir;

import org.jspecify.annotations.Nullable;

/// Names one trial of an experiment.
///
/// @param round 1-based
/// @param variant id of the variant
/// @param attempt 1-based; above 1 for the repeat of an invalid or failed trial
/// @param viewers number of viewers, in an experiment over several numbers of them; null in any other
public record TrialId(
        TrialKind kind,
        int round,
        String variant,
        int attempt,
        @Nullable Integer viewers) {
    public TrialId {
        if (round < 1 || attempt < 1) {
            throw new IllegalArgumentException("round and attempt begin at 1: " + round + ", " + attempt);
        }
    }

    /// A trial with the scenario's own number of viewers.
    public TrialId(TrialKind kind, int round, String variant, int attempt) {
        this(kind, round, variant, attempt, null);
    }

    /// The same trial once more.
    public TrialId again() {
        return new TrialId(kind, round, variant, attempt + 1, viewers);
    }

    /// What its repetitions in other rounds have in common: the variant, and the number of viewers where that differs.
    public String condition() {
        return viewers == null ? variant : variant + " at " + viewers + " viewers";
    }

    /// The trial's folder under `trials/`, such as `02-srtp-gcm`, `02-srtp-gcm.2`, `02-best.25-viewers` or
    /// `profiled-srtp-gcm`.
    public String directoryName() {
        String name = kind == TrialKind.PROFILED ? "profiled-" + variant : "%02d-%s".formatted(round, variant);
        String at = viewers == null ? "" : "." + viewers + "-viewers";
        return attempt == 1 ? name + at : name + at + "." + attempt;
    }
}
