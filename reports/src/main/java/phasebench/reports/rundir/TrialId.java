package phasebench.reports.rundir;

/// Names one trial of an experiment.
///
/// @param round 1-based
/// @param variant id of the variant
/// @param attempt 1-based; above 1 for the repeat of an invalid or failed trial
public record TrialId(TrialKind kind, int round, String variant, int attempt) {
    public TrialId {
        if (round < 1 || attempt < 1) {
            throw new IllegalArgumentException("round and attempt begin at 1: " + round + ", " + attempt);
        }
    }

    /// The trial's folder under `trials/`, such as `02-srtp-gcm`, `02-srtp-gcm.2` or `profiled-srtp-gcm`.
    public String directoryName() {
        String name = kind == TrialKind.PROFILED ? "profiled-" + variant : "%02d-%s".formatted(round, variant);
        return attempt == 1 ? name : name + "." + attempt;
    }
}
