package phasebench.harness;

import java.time.Duration;
import java.time.InstantSource;

/// How long the rest of an experiment will take: what a trial took so far on average, or the plan's figure before
/// the first one has ended.
final class Forecast {
    private final InstantSource clock;
    private final long plannedMs;
    private long trialBeganMs;
    private long spentMs;
    private int trialsEnded;
    private int trialsAhead;

    Forecast(InstantSource clock, Duration plannedPerTrial) {
        this.clock = clock;
        this.plannedMs = plannedPerTrial.toMillis();
        this.trialBeganMs = clock.millis();
    }

    synchronized void trialBegins(int number, int count) {
        trialBeganMs = clock.millis();
        trialsAhead = count - number;
    }

    synchronized void trialEnded() {
        spentMs += clock.millis() - trialBeganMs;
        trialsEnded++;
    }

    /// Time until the last trial ends.
    synchronized Duration remaining() {
        long perTrialMs = trialsEnded == 0 ? plannedMs : spentMs / trialsEnded;
        long currentMs = Math.max(0, perTrialMs - (clock.millis() - trialBeganMs));
        return Duration.ofMillis(currentMs + trialsAhead * perTrialMs);
    }
}
