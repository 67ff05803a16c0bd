package phasebench.harness;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.rundir.TrialOutcome;

/// Tells the user where the experiment is. Called by the thread that runs the trials.
interface Progress extends AutoCloseable {
    /// The trials of an experiment begin, or its launch pairs.
    ///
    /// @param part the plan with these alone
    /// @param afterwards what comes behind them
    void begin(ExperimentPlan part, Duration afterwards);

    /// A trial or launch pair begins.
    ///
    /// @param name of its folder
    /// @param number 1-based
    /// @param count how many in all, repeats known so far included
    void trial(String name, int number, int count);

    /// A stage of it begins.
    ///
    /// @param expected how long it will take; zero when nobody knows
    void stage(String name, Duration expected);

    /// The trial or launch pair has ended.
    void ended(String name, TrialOutcome outcome);

    @Override
    void close();

    /// Whether a person looks at what is printed.
    // JDK 22 to 24 always have a console, JDK 25 has one only on a terminal
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// One live line on a terminal; plain lines anywhere else.
    static Progress on(PrintStream out) {
        return isTerminal() ? new LiveLine(out) : new PlainLines(out);
    }

    /// `measured`, or what went wrong.
    static String inWords(TrialOutcome outcome) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> "measured";
            case TrialOutcome.Invalid(var reasons) -> "invalid: " + String.join("; ", reasons);
            case TrialOutcome.Failed(var reasons) -> "failed: " + String.join("; ", reasons);
        };
    }

    /// Such as `4 min 05 s`.
    static String inWords(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }
}
