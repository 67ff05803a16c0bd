package phasebench.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.rundir.TrialOutcome;

/// Progress in a log: a line when a trial begins, and one when it has ended.
final class PlainLines implements Progress {
    private final PrintStream out;
    private Forecast forecast = new Forecast(InstantSource.system(), Duration.ZERO, 0, Duration.ZERO);

    PlainLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(ExperimentPlan part, Duration afterwards) {
        forecast = new Forecast(
                InstantSource.system(), part.expectedEach(), part.spec().repeatsMax(), afterwards);
    }

    @Override
    public void trial(String name, int number, int count) {
        forecast.trialBegins(number, count);
        out.printf("trial %d of %d: %s, %s to go%n", number, count, name, Progress.inWords(forecast.remaining()));
        out.flush();
    }

    @Override
    public void stage(String name, Duration expected) {
        // a log is read afterwards: stages only matter while they last
    }

    @Override
    public void ended(String name, TrialOutcome outcome) {
        forecast.trialEnded(!(outcome instanceof TrialOutcome.Measured));
        out.printf("  %s%n", Progress.inWords(outcome));
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
