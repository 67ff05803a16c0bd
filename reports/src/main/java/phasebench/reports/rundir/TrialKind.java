package phasebench.reports.rundir;

/// What a trial is for; the kinds are never mixed in one number.
public enum TrialKind {
    /// Timed, without any profiler; decides.
    STEADY,
    /// With async-profiler and JFR; explains, and never enters a comparison.
    PROFILED
}
