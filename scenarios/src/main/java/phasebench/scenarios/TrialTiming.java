package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How long each stage of a trial lasts.
///
/// @param ramp time over which the viewers join, spread evenly
/// @param warmUp time at full load before anything is measured; the least, where `warmUpMax` is longer
/// @param window the measurement window, rounded by the load generator to whole frames
/// @param drain how long packets in flight may still arrive after the window
/// @param warmUpMax longest warm-up: beyond the least time the relay is watched until its JIT and its CPU per second
/// are
///     quiet, or this time is over; equal to `warmUp` for a warm-up of fixed length
/// @param jitShareMax share (0-1) of the relay's CPU that its JIT may use in a stretch of time that is quiet
public record TrialTiming(
        Duration ramp, Duration warmUp, Duration window, Duration drain, Duration warmUpMax, double jitShareMax) {
    /// The JIT's share when a file does not say.
    public static final double JIT_SHARE_MAX = 0.03;

    public TrialTiming {
        requireNotNegative("ramp", ramp);
        requireNotNegative("warmUp", warmUp);
        requireNotNegative("drain", drain);
        if (!requireNonNull(window, "window is null").isPositive()) {
            throw new IllegalArgumentException("window is not positive: " + window);
        }
        if (requireNonNull(warmUpMax, "warmUpMax is null").compareTo(warmUp) < 0) {
            throw new IllegalArgumentException("warmUpMax is shorter than warmUp: " + warmUpMax + " < " + warmUp);
        }
        if (!(jitShareMax >= 0 && jitShareMax <= 1)) {
            throw new IllegalArgumentException("jitShareMax is not within 0..1: " + jitShareMax);
        }
    }

    /// With a warm-up of fixed length.
    public TrialTiming(Duration ramp, Duration warmUp, Duration window, Duration drain) {
        this(ramp, warmUp, window, drain, warmUp, JIT_SHARE_MAX);
    }

    /// Whether the warm-up ends by what the relay does, and not by the clock alone.
    public boolean isWarmUpByCriterion() {
        return warmUpMax.compareTo(warmUp) > 0;
    }

    /// The sum of all stages with the least warm-up; what starting and stopping the processes takes comes on top.
    public Duration total() {
        return ramp.plus(warmUp).plus(window).plus(drain);
    }

    /// The sum of all stages with the longest warm-up.
    public Duration longest() {
        return ramp.plus(warmUpMax).plus(window).plus(drain);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
