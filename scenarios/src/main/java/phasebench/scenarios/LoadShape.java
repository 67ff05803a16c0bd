package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How the number of viewers moves. The handshakes of [Steady] and [Ramp] are over before the window begins; those of
/// the others belong to what the window measures.
public sealed interface LoadShape {
    /// The word in files.
    String word();

    /// Whether viewers come or go while the window is open.
    boolean movesInWindow();

    /// Windows that a trial has at most.
    default int windows(int unusedViewers) {
        return 1;
    }

    /// All viewers join before the window, spread evenly over the ramp stage; so when a file does not say.
    record Steady() implements LoadShape {
        @Override
        public String word() {
            return "steady";
        }

        @Override
        public boolean movesInWindow() {
            return false;
        }
    }

    /// All viewers join before the window: some at once as the ramp stage begins, the others over it.
    ///
    /// @param from viewers that join at once
    /// @param arrivals when the others join
    record Ramp(int from, Arrivals arrivals) implements LoadShape {
        /// How joins lie in the ramp stage.
        public enum Arrivals {
            /// At equal distances.
            EVEN,
            /// At instants of their own, as people come who do not know of each other; seeded.
            RANDOM
        }

        public Ramp {
            requireViewers("from", from);
            requireNonNull(arrivals, "arrivals is null");
        }

        @Override
        public String word() {
            return "ramp";
        }

        @Override
        public boolean movesInWindow() {
            return false;
        }
    }

    /// More and more viewers: a first crowd before the window, and another step at equal distances in it.
    ///
    /// @param from viewers before the window
    /// @param by viewers that join at each step, at once; the last step may be smaller
    /// @param every from the window's begin to the first step, and from step to step
    record Steps(int from, int by, Duration every) implements LoadShape {
        public Steps {
            if (from < 1) {
                throw new IllegalArgumentException("from is not positive: " + from);
            }
            if (by < 1) {
                throw new IllegalArgumentException("by is not positive: " + by);
            }
            if (!requireNonNull(every, "every is null").isPositive()) {
                throw new IllegalArgumentException("every is not positive: " + every);
            }
        }

        /// Steps that a crowd takes to be complete.
        public int count(int viewers) {
            return Math.max(0, Math.ceilDiv(viewers - from, by));
        }

        @Override
        public String word() {
            return "steps";
        }

        @Override
        public boolean movesInWindow() {
            return true;
        }
    }

    /// A crowd that comes all at once, while others are watching already.
    ///
    /// @param before viewers before the window, who see what the storm does to them
    /// @param at when the burst begins, from the window's begin
    /// @param within time over which the others join, spread evenly; zero for all at once
    record JoinBurst(int before, Duration at, Duration within) implements LoadShape {
        public JoinBurst {
            if (before < 1) {
                throw new IllegalArgumentException("before is not positive: " + before);
            }
            requireNotNegative("at", at);
            requireNotNegative("within", within);
        }

        @Override
        public String word() {
            return "joinBurst";
        }

        @Override
        public boolean movesInWindow() {
            return true;
        }
    }

    /// Viewers come and go, their number stays: each who leaves is followed by another.
    ///
    /// @param meanStay how long a viewer stays on average; stays are exponential, as of people who zap
    /// @param gap how long a place stays empty
    record Churn(Duration meanStay, Duration gap) implements LoadShape {
        public Churn {
            if (!requireNonNull(meanStay, "meanStay is null").isPositive()) {
                throw new IllegalArgumentException("meanStay is not positive: " + meanStay);
            }
            requireNotNegative("gap", gap);
        }

        @Override
        public String word() {
            return "churn";
        }

        @Override
        public boolean movesInWindow() {
            return true;
        }
    }

    /// More and more viewers until the relay no longer keeps up: each step has a ramp, a warm-up and a window
    /// of its own, and is judged on its own.
    ///
    /// @param from viewers of the first step
    /// @param by viewers that each further step adds
    /// @param latencyP99Max what the 99th percentile of latency may be in a step that is carried
    /// @param lossMax share (0-1) of packets that may be lost in a step that is carried
    record Climb(int from, int by, Duration latencyP99Max, double lossMax) implements LoadShape {
        public Climb {
            if (from < 1) {
                throw new IllegalArgumentException("from is not positive: " + from);
            }
            if (by < 1) {
                throw new IllegalArgumentException("by is not positive: " + by);
            }
            if (!requireNonNull(latencyP99Max, "latencyP99Max is null").isPositive()) {
                throw new IllegalArgumentException("latencyP99Max is not positive: " + latencyP99Max);
            }
            if (!(lossMax >= 0 && lossMax < 1)) {
                throw new IllegalArgumentException("lossMax is not within 0..1: " + lossMax);
            }
        }

        /// Viewers of a step, from 0 on; the last one may add less.
        public int viewersOf(int step, int viewers) {
            return (int) Math.min(viewers, from + (long) step * by);
        }

        @Override
        public int windows(int viewers) {
            return 1 + Math.max(0, Math.ceilDiv(viewers - from, by));
        }

        @Override
        public String word() {
            return "climb";
        }

        @Override
        public boolean movesInWindow() {
            return false;
        }
    }

    private static void requireViewers(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (requireNonNull(value, name + " is null").isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
