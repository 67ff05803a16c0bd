package phasebench.harness.load.viewer;

/// How the viewers of a scenario behave, beyond receiving and reporting.
///
/// @param browserShare share of viewers (0-1) that ask for what they miss as Chromium does; the others wait in vain
/// @param sinkShare share of viewers (0-1) that are complete sessions, but whose media the kernel counts and drops
public record ViewerBehaviour(double browserShare, double sinkShare) {
    /// All viewers take all media and ask for nothing.
    public static final ViewerBehaviour NONE = new ViewerBehaviour(0, 0);

    public ViewerBehaviour {
        requireShare("browserShare", browserShare);
        requireShare("sinkShare", sinkShare);
        if (browserShare + sinkShare > 1) {
            throw new IllegalArgumentException(
                    "browserShare and sinkShare are more than all viewers: " + (browserShare + sinkShare));
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is not within 0..1: " + value);
        }
    }
}
