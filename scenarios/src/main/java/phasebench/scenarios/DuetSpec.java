package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// The launch pairs of an experiment: how many, and how each is measured. The scenario's closed drive says what is in
/// flight, its timing how long one window is and how long the load runs at least before the first one.
///
/// @param pairs launch pairs of each variant with the baseline
/// @param windows windows of each launch pair, one behind the other
/// @param warmUpMax longest time until both JITs have to be quiet; after it windows are measured all the same
/// @param jitShareMax share (0-1) of a relay's CPU that its JIT may use in a window that counts
public record DuetSpec(int pairs, int windows, Duration warmUpMax, double jitShareMax) {
    /// Windows of a launch pair when a file does not say.
    public static final int WINDOWS = 4;

    /// Longest warm-up when a file does not say.
    public static final Duration WARM_UP_MAX = Duration.ofSeconds(30);

    /// The JIT's share when a file does not say.
    public static final double JIT_SHARE_MAX = 0.03;

    public DuetSpec {
        if (pairs < 1 || pairs > 1000) {
            throw new IllegalArgumentException("pairs is not within 1..1000: " + pairs);
        }
        if (windows < 1 || windows > 100) {
            throw new IllegalArgumentException("windows is not within 1..100: " + windows);
        }
        if (requireNonNull(warmUpMax, "warmUpMax is null").isNegative()) {
            throw new IllegalArgumentException("warmUpMax is negative: " + warmUpMax);
        }
        if (!(jitShareMax >= 0 && jitShareMax <= 1)) {
            throw new IllegalArgumentException("jitShareMax is not within 0..1: " + jitShareMax);
        }
    }

    /// The same with another number of launch pairs.
    public DuetSpec withPairs(int changed) {
        return new DuetSpec(changed, windows, warmUpMax, jitShareMax);
    }
}
