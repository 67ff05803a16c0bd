package phasebench.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.rundir.TrialOutcome;

/// Progress on a terminal: one line, redrawn once a second, such as `[====>     ] trial 3 of 15 02-srtp-gcm: window
/// 5 of 8 s, 4 min 05 s to go`. What went wrong stays above it.
final class LiveLine implements Progress {
    private static final int UPDATE_INTERVAL_MS = 1000;
    private static final int BAR_WIDTH = 20;

    private final PrintStream out;
    private volatile State state = new State("", 0, 1, "", 0, 0);
    private volatile Forecast forecast = new Forecast(InstantSource.system(), Duration.ZERO, 0, Duration.ZERO);
    private @Nullable ProgressBar bar;

    LiveLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(ExperimentPlan part, Duration afterwards) {
        forecast = new Forecast(
                InstantSource.system(), part.expectedEach(), part.spec().repeatsMax(), afterwards);
        state = new State("", 0, part.count(), "beginning", System.nanoTime(), 0);
        bar = new ProgressBarBuilder()
                .setTaskName("phasebench")
                .setInitialMax(part.count())
                .setUpdateIntervalMillis(UPDATE_INTERVAL_MS)
                .continuousUpdate()
                // without a width it asks JLine, whose terminal takes SIGINT away from the JVM: no shutdown hook runs
                .setConsumer(new ConsoleProgressBarConsumer(out, TerminalWidth.columns()))
                .setRenderer(this::render)
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void trial(String name, int number, int count) {
        forecast.trialBegins(number, count);
        state = new State(name, number, count, "", System.nanoTime(), 0);
    }

    @Override
    public void stage(String name, Duration expected) {
        State now = state;
        state = new State(now.trial, now.number, now.count, name, System.nanoTime(), expected.toSeconds());
        if (bar != null) {
            bar.stepTo(now.number);
        }
    }

    @Override
    public void ended(String name, TrialOutcome outcome) {
        forecast.trialEnded(!(outcome instanceof TrialOutcome.Measured));
        if (!(outcome instanceof TrialOutcome.Measured)) {
            out.printf("\r\033[K%s %s%n", name, Progress.inWords(outcome));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private String render(ProgressState unused, int lengthMax) {
        String line = line(state, System.nanoTime(), forecast.remaining());
        return line.substring(0, Math.max(0, Math.min(line.length(), lengthMax)));
    }

    static String line(State state, long nowNs, Duration remaining) {
        int filled = BAR_WIDTH * Math.max(0, state.number - 1) / Math.max(1, state.count);
        String bar = "[" + "=".repeat(filled) + ">" + " ".repeat(BAR_WIDTH - filled) + "]";
        long elapsedSeconds = (nowNs - state.stageBeganNs) / 1_000_000_000L;
        String stage = state.expectedSeconds == 0
                ? state.stage
                : "%s %d of %d s"
                        .formatted(state.stage, Math.min(elapsedSeconds, state.expectedSeconds), state.expectedSeconds);
        return "%s trial %d of %d %s: %s, %s to go"
                .formatted(bar, state.number, state.count, state.trial, stage, Progress.inWords(remaining));
    }

    record State(String trial, int number, int count, String stage, long stageBeganNs, long expectedSeconds) {}
}
