package phasebench.harness.machine;

/// What the doctor found in one respect.
///
/// @param name what was looked at
/// @param found what there is
/// @param cost what it costs the result; empty when nothing
/// @param mend how to mend it; empty when there is nothing to mend
public record Finding(String name, State state, String found, String cost, String mend) {
    /// Everything is as it should be.
    static Finding ok(String name, String found) {
        return new Finding(name, State.OK, found, "", "");
    }

    /// One line for the manifest's warnings.
    public String asWarning() {
        return name + ": " + found + (cost.isEmpty() ? "" : "; " + cost);
    }

    /// How bad it is.
    public enum State {
        OK,
        /// Works, at a price.
        WARN,
        /// Not there; something else takes its place or is left out.
        MISSING,
        /// No experiment can run here.
        UNFIT
    }
}
