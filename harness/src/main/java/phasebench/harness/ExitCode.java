package phasebench.harness;

/// Exit codes of the command line. The library's own defaults (1 and 2) are mapped: `gate` needs them.
final class ExitCode {
    /// The evidence is valid, whatever it says.
    static final int OK = 0;

    /// Of `gate` alone: a metric regressed, or a claim is refuted.
    static final int REGRESSION = 1;

    /// Of `gate` alone: the evidence does not say.
    static final int INCONCLUSIVE = 2;

    /// Invalid load, trials failed, relay never ready or dead.
    static final int INVALID = 3;

    /// The machine cannot do it.
    static final int UNFIT = 4;

    /// A wrong command line or a bad file (EX_USAGE of sysexits(3)).
    static final int USAGE = 64;

    /// Our bug, or a build that failed (EX_SOFTWARE).
    static final int BUG = 70;

    /// Ended by a signal from the keyboard (128 + SIGINT).
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
