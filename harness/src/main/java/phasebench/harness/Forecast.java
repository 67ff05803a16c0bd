package phasebench.harness;

import java.time.Duration;
import java.time.InstantSource;

/// How long the rest of an experiment will take: what a trial took so far on average, or the plan's figure before
/// the first one has ended; and as large a share of repeats as so far, as long as they last. The first trial, for
/// which everything is cold, counts as no longer than the longest later one.
final class Forecast {
    /// Trials without a repeat that the share of repeats is thought to begin with, so that one early repeat is
    /// not taken for the rule.
    private static final double PRIOR_TRIALS = 4;

    private final InstantSource clock;
    private final long plannedMs;
    private final long afterwardsMs;
    private long trialBeganMs;
    private long firstMs;
    private long laterMs;
    private long longestLaterMs;
    private int trialsEnded;
    private int trialsAhead;
    private int repeats;
    private int repeatsLeft;

    /// @param repeatsMax trials that may be run again
    /// @param afterwards what comes behind these trials, by the plan
    Forecast(InstantSource clock, Duration plannedPerTrial, int repeatsMax, Duration afterwards) {
        this.clock = clock;
        this.plannedMs = plannedPerTrial.toMillis();
        this.afterwardsMs = afterwards.toMillis();
        this.repeatsLeft = repeatsMax;
        this.trialBeganMs = clock.millis();
    }

    /// @param number 1-based
    /// @param count repeats known so far included
    synchronized void trialBegins(int number, int count) {
        trialBeganMs = clock.millis();
        trialsAhead = count - number;
    }

    /// @param isToBeRepeated whether it yielded no number, so that it comes again while repeats are left
    synchronized void trialEnded(boolean isToBeRepeated) {
        long tookMs = clock.millis() - trialBeganMs;
        if (trialsEnded == 0) {
            firstMs = tookMs;
        } else {
            laterMs += tookMs;
            longestLaterMs = Math.max(longestLaterMs, tookMs);
        }
        trialsEnded++;
        if (isToBeRepeated && repeatsLeft > 0) {
            repeatsLeft--;
            repeats++;
        }
    }

    /// Time until the last trial and what comes afterwards ends.
    synchronized Duration remaining() {
        double perTrialMs = perTrialMs();
        double currentMs = Math.max(0, perTrialMs - (clock.millis() - trialBeganMs));
        double repeatShare = repeats / (trialsEnded + PRIOR_TRIALS);
        double repeatsAhead = Math.min(repeatsLeft, repeatShare * (trialsAhead + 1));
        return Duration.ofMillis(Math.round(currentMs + (trialsAhead + repeatsAhead) * perTrialMs) + afterwardsMs);
    }

    private double perTrialMs() {
        return switch (trialsEnded) {
            case 0 -> plannedMs;
            case 1 -> Math.min(firstMs, plannedMs);
            default -> (double) (Math.min(firstMs, longestLaterMs) + laterMs) / trialsEnded;
        };
    }
}
