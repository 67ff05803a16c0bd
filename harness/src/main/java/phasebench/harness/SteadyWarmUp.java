package phasebench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.process.RelayException;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.WarmUpEvidence;
import phasebench.reports.rundir.WarmUpEvidence.Stretch;
import phasebench.scenarios.TrialTiming;

/// The warm-up of a steady trial that ends by what the relay does: after the least time, as soon as its JIT is quiet in
/// two windows one behind the other and its CPU per second is about the same in both, or when the longest time is over.
///
/// Time is that of the readings.
final class SteadyWarmUp {
    /// Of the larger. A steady relay's CPU in windows of 2 s spreads by a few percent on a disturbed machine; one that
    /// still interprets loses tens of percent from window to window.
    static final double RATE_APART_MAX = 0.1;

    private final TrialTiming timing;
    private final Duration window;
    private final Readings readings;
    private final Pause pause;

    /// Reads the relay's process.
    interface Readings {
        ProcessReading read() throws RelayException, InterruptedException;
    }

    /// Lets time pass.
    interface Pause {
        void pass(Duration time) throws InterruptedException;
    }

    SteadyWarmUp(TrialTiming timing, Readings readings, Pause pause) {
        this.timing = timing;
        this.window = ExperimentPlan.quietWindow(timing);
        this.readings = readings;
        this.pause = pause;
    }

    /// Returns when the warm-up is over.
    ///
    /// @param beganNs when full load began, on the clock of the readings
    WarmUpEvidence run(long beganNs) throws RelayException, InterruptedException {
        ProcessReading last = readings.read();
        Duration left = timing.warmUp().minusNanos(last.atNs() - beganNs);
        if (left.isPositive()) {
            pause.pass(left);
            last = readings.read();
        }
        List<Stretch> stretches = new ArrayList<>();
        while (!isQuiet(stretches) && hasRoom(last.atNs() - beganNs)) {
            pause.pass(window);
            ProcessReading next = readings.read();
            stretches.add(stretch(last, next));
            last = next;
        }
        return new WarmUpEvidence(
                last.atNs() - beganNs, timing.jitShareMax(), RATE_APART_MAX, stretches, isQuiet(stretches));
    }

    /// A window that would end a little late still has room: sleeps are never shorter than asked for.
    private boolean hasRoom(long spentNs) {
        return spentNs + window.toNanos() / 2 < timing.warmUpMax().toNanos();
    }

    private static Stretch stretch(ProcessReading before, ProcessReading after) {
        PairWindow.Use use = PairWindow.Use.between(before, after, 0);
        return new Stretch(after.atNs() - before.atNs(), use.cpuNs(), use.cpuNs() == 0 ? 0 : use.jitShare());
    }

    private boolean isQuiet(List<Stretch> stretches) {
        int count = stretches.size();
        if (count < ExperimentPlan.QUIET_WINDOWS) {
            return false;
        }
        List<Stretch> latest = stretches.subList(count - ExperimentPlan.QUIET_WINDOWS, count);
        double fastest = latest.stream().mapToDouble(Stretch::rate).max().orElseThrow();
        double slowest = latest.stream().mapToDouble(Stretch::rate).min().orElseThrow();
        return fastest - slowest <= RATE_APART_MAX * fastest
                && latest.stream().allMatch(stretch -> stretch.jitShare() <= timing.jitShareMax());
    }
}
