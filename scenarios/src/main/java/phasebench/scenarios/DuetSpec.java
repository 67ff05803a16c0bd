package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/// The launch pairs of an experiment: how many, and how each is measured. The scenario's closed drive says what is in
/// flight, its timing how long one window is and how long the load runs at least before the first one.
///
/// @param pairs launch pairs of each couple with media, which price work per packet
/// @param windows windows of each launch pair that have to count, one behind the other
/// @param warmUpMax longest time until both JITs have to be quiet; after it windows are measured all the same
/// @param jitShareMax share (0-1) of a relay's CPU that its JIT may use in a window that counts
/// @param idle the launch pairs without media, which price work per second
/// @param controls what is done to see what the pairs themselves could hide
/// @param against what each phase of a ladder is paired with; without a ladder it is the baseline,
///     whatever stands here
public record DuetSpec(
        int pairs,
        int windows,
        Duration warmUpMax,
        double jitShareMax,
        Idle idle,
        Controls controls,
        List<Against> against) {
    /// Windows of a launch pair when a file does not say.
    public static final int WINDOWS = 4;

    /// Longest warm-up when a file does not say.
    public static final Duration WARM_UP_MAX = Duration.ofSeconds(30);

    /// The JIT's share when a file does not say.
    public static final double JIT_SHARE_MAX = 0.03;

    /// Launch pairs whose sessions, timers and RTCP are alive while no media flows.
    ///
    /// @param pairs of each couple; 0 for none
    /// @param windows windows of each, one behind the other
    /// @param window length of each: an idle relay uses so little that a short one would be a count of ticks
    public record Idle(int pairs, int windows, Duration window) {
        public static final Idle NONE = new Idle(0, 3, Duration.ofSeconds(10));

        public Idle {
            if (pairs < 0 || pairs > 1000) {
                throw new IllegalArgumentException("idlePairs is not within 0..1000: " + pairs);
            }
            if (windows < 1 || windows > 100) {
                throw new IllegalArgumentException("idleWindows is not within 1..100: " + windows);
            }
            if (!requireNonNull(window, "idleWindow is null").isPositive()) {
                throw new IllegalArgumentException("idleWindow is not positive: " + window);
            }
        }
    }

    /// @param soloEvery in each launch pair with media whose number is a multiple of it, either relay
    ///     also gets windows alone; 0 for none
    /// @param swapCores whether the relays' core and the load's change places in every second launch pair
    public record Controls(int soloEvery, boolean swapCores) {
        public static final Controls NONE = new Controls(0, false);

        public Controls {
            if (soloEvery < 0 || soloEvery > 1000) {
                throw new IllegalArgumentException("soloEvery is not within 0..1000: " + soloEvery);
            }
        }

        /// Whether the launch pair of that number has windows alone.
        public boolean isSolo(int number) {
            return soloEvery > 0 && number % soloEvery == 0;
        }
    }

    /// What a phase of a ladder is paired with.
    public enum Against {
        /// The state below the phase.
        PARENT("parent"),
        /// The state below the first phase.
        START("start");

        private final String word;

        Against(String word) {
            this.word = word;
        }

        /// The word in files.
        public String word() {
            return word;
        }
    }

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
        requireNonNull(idle, "idle is null");
        requireNonNull(controls, "controls is null");
        against = List.copyOf(against);
        if (against.isEmpty()) {
            throw new IllegalArgumentException("against is empty");
        }
    }

    /// Launch pairs with media and nothing else.
    public DuetSpec(int pairs, int windows, Duration warmUpMax, double jitShareMax) {
        this(pairs, windows, warmUpMax, jitShareMax, Idle.NONE, Controls.NONE, List.of(Against.PARENT, Against.START));
    }

    /// The same with another number of launch pairs with media.
    public DuetSpec withPairs(int changed) {
        return new DuetSpec(changed, windows, warmUpMax, jitShareMax, idle, controls, against);
    }
}
