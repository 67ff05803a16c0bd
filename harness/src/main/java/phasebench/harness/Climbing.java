package phasebench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.harness.process.Jcmd;
import phasebench.harness.process.JvmInterior;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.RelayException;
import phasebench.reports.rundir.ClimbEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.TrialTiming;

/// More and more viewers until the relay no longer keeps up, a window for each step.
final class Climbing {
    /// A step that something disturbed is measured again so often before the climb ends with it.
    private static final int ATTEMPTS = 3;

    private final TrialSetup setup;
    private final LoadShape.Climb shape;
    private final TrialLoad load;
    private final ProcessReader reader;
    private final Jcmd jcmd;
    private final Progress progress;
    private final List<ClimbEvidence.Step> steps = new ArrayList<>();
    private @Nullable Window highest;

    Climbing(
            TrialSetup setup,
            LoadShape.Climb shape,
            TrialLoad load,
            ProcessReader reader,
            Jcmd jcmd,
            Progress progress) {
        this.setup = setup;
        this.shape = shape;
        this.load = load;
        this.reader = reader;
        this.jcmd = jcmd;
        this.progress = progress;
    }

    /// One window and what enclosed it.
    record Window(ProcessReading before, ProcessReading after, LoadEvidence load) {}

    /// @param highest window of the last step that was carried; of the first step if none was
    record Result(ClimbEvidence climb, Window highest, TrialOutcome outcome) {}

    /// Climbs to the end. The viewers of the first step have joined and the relay is warm.
    ///
    /// @throws TrialFailedException if not even the first step could be measured
    Result run() throws RelayException, TrialFailedException, InterruptedException {
        Scenario scenario = setup.scenario();
        int viewers = scenario.viewers().count();
        int stepCount = shape.windows(viewers);
        for (int step = 0; step < stepCount; step++) {
            int count = shape.viewersOf(step, viewers);
            if (step > 0) {
                try {
                    join(count);
                } catch (TrialFailedException e) {
                    return ended(ClimbEvidence.End.RELAY, count + " viewers: " + e.getMessage());
                }
            }
            TrialOutcome outcome = measure(count);
            ClimbEvidence.Step last = steps.getLast();
            if (outcome instanceof TrialOutcome.Invalid) {
                return ended(ClimbEvidence.End.INSTRUMENT, count + " viewers: " + last.reason());
            }
            if (!last.isCarried()) {
                return ended(ClimbEvidence.End.RELAY, count + " viewers: " + last.reason());
            }
        }
        return ended(ClimbEvidence.End.SCENARIO, "all " + viewers + " viewers of the scenario were carried");
    }

    private void join(int count) throws TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        progress.stage("ramp to " + count, timing.ramp());
        load.grow();
        progress.stage("warm-up with " + count, timing.warmUp());
        Thread.sleep(timing.warmUp());
    }

    /// Measures a step, again if something disturbed it.
    private TrialOutcome measure(int count) throws RelayException, TrialFailedException, InterruptedException {
        TrialOutcome outcome = new TrialOutcome.Invalid(List.of("not measured"));
        for (int attempt = 1; attempt <= ATTEMPTS && outcome instanceof TrialOutcome.Invalid; attempt++) {
            Window window = window(count);
            outcome = setup.validity().judge(window.load(), window.before(), window.after());
            ClimbEvidence.Step step = step(count, window, outcome);
            steps.add(step);
            if (step.isCarried() || highest == null) {
                highest = window;
            }
        }
        return outcome;
    }

    private Window window(int count) throws RelayException, TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        ProcessReading before = load.beginWindow(reader, JvmInterior.counters(jcmd));
        progress.stage("window with " + count, timing.window());
        load.awaitWindowBoundary();
        ProcessReading after = reader.read(Map.of());
        LoadEvidence seen = load.endWindow(timing.drain());
        return new Window(before, after.withJvmCounters(JvmInterior.counters(jcmd)), seen);
    }

    private ClimbEvidence.Step step(int count, Window window, TrialOutcome outcome) {
        LoadEvidence seen = window.load();
        double loss = seen.packetsLost() / (double) Math.max(1, seen.packetsReceived() + seen.packetsLost());
        String reason = switch (outcome) {
            case TrialOutcome.Measured _ -> beyond(seen.latency().latencyNsP99(), loss);
            case TrialOutcome.Invalid(var reasons) -> String.join("; ", reasons);
            case TrialOutcome.Failed(var reasons) -> String.join("; ", reasons);
        };
        double elapsedNs = window.after().atNs() - window.before().atNs();
        return new ClimbEvidence.Step(
                count,
                reason.isEmpty(),
                seen.packetsForwarded() * 1e9 / seen.windowNs(),
                seen.latency().latencyNsP99(),
                loss,
                (window.after().cpuNs() - window.before().cpuNs()) / elapsedNs,
                seen.generatorCpuNs() / (double) seen.windowNs(),
                reason);
    }

    /// Which limit was crossed; empty for none.
    private String beyond(long latencyNsP99, double loss) {
        Duration max = shape.latencyP99Max();
        if (latencyNsP99 > max.toNanos()) {
            return "latency p99 is %.1f ms (limit %.1f ms)".formatted(latencyNsP99 / 1e6, max.toNanos() / 1e6);
        }
        return loss > shape.lossMax()
                ? "%.3f %% of packets were lost (limit %.3f %%)".formatted(loss * 100, shape.lossMax() * 100)
                : "";
    }

    private Result ended(ClimbEvidence.End end, String reason) throws TrialFailedException {
        Window reached = highest;
        if (reached == null) {
            throw new TrialFailedException(reason);
        }
        int carried = steps.stream()
                .filter(ClimbEvidence.Step::isCarried)
                .mapToInt(ClimbEvidence.Step::viewers)
                .max()
                .orElse(0);
        ClimbEvidence climb = new ClimbEvidence(
                ClimbEvidence.SCHEMA_VERSION, setup.placement().relayCores().size(), carried, end, reason, steps);
        return new Result(climb, reached, outcome(climb));
    }

    /// A relay that does not carry the first step has a capacity below it, which is a result; an instrument
    /// that does not is none.
    private static TrialOutcome outcome(ClimbEvidence climb) {
        return climb.end() == ClimbEvidence.End.INSTRUMENT && climb.viewersCarried() == 0
                ? new TrialOutcome.Invalid(List.of(climb.reason()))
                : new TrialOutcome.Measured();
    }
}
