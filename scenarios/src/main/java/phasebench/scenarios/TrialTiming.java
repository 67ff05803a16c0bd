package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How long each stage of a trial lasts.
///
/// @param ramp time over which the viewers join, spread evenly
/// @param warmUp time at full load before anything is measured
/// @param window the measurement window, rounded by the load generator to whole frames
/// @param drain how long packets in flight may still arrive after the window
public record TrialTiming(Duration ramp, Duration warmUp, Duration window, Duration drain) {
    public TrialTiming {
        requireNotNegative("ramp", ramp);
        requireNotNegative("warmUp", warmUp);
        requireNotNegative("drain", drain);
        if (!requireNonNull(window, "window is null").isPositive()) {
            throw new IllegalArgumentException("window is not positive: " + window);
        }
    }

    /// The sum of all stages; what starting and stopping the processes takes comes on top.
    public Duration total() {
        return ramp.plus(warmUp).plus(window).plus(drain);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
