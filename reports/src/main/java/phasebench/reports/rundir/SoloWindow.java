package phasebench.reports.rundir;

/// A window of a launch pair in which one relay worked and the other one's drive was paused.
///
/// @param before reading of the relay that worked, where the window begins
/// @param after the same where it ends
public record SoloWindow(Side side, ProcessReading before, ProcessReading after) {
    /// Which of the two worked.
    public enum Side {
        BASELINE,
        CANDIDATE
    }
}
