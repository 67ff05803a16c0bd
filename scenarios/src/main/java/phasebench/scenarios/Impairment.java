package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the network between relay and viewers does to packets; all that is random in it follows from the seed.
///
/// @param lossShare share (0-1) of packets that are lost, in the long run
/// @param meanBurst mean length of a burst of losses, in packets: 1 for losses that do not know of each other, more for
///     a Gilbert-Elliott channel
/// @param delay constant delay
/// @param jitter largest delay on top, uniform; order is kept
/// @param reorderShare share of packets that overtake the one before
/// @param duplicateShare share of packets that come twice
/// @param bitsPerSecond what passes at most; null for no limit
public record Impairment(
        double lossShare,
        double meanBurst,
        Duration delay,
        Duration jitter,
        double reorderShare,
        double duplicateShare,
        @Nullable Long bitsPerSecond,
        Direction direction) {
    /// A network that does nothing to packets.
    public static final Impairment NONE =
            new Impairment(0, 1, Duration.ZERO, Duration.ZERO, 0, 0, null, Direction.MEDIA);

    public Impairment {
        requireShare("lossShare", lossShare);
        requireShare("reorderShare", reorderShare);
        requireShare("duplicateShare", duplicateShare);
        if (!(meanBurst >= 1 && meanBurst <= 1000)) {
            throw new IllegalArgumentException("meanBurst is not within 1..1000: " + meanBurst);
        }
        requireNotNegative("delay", delay);
        requireNotNegative("jitter", jitter);
        if (bitsPerSecond != null && bitsPerSecond <= 0) {
            throw new IllegalArgumentException("bitsPerSecond is not positive: " + bitsPerSecond);
        }
        requireNonNull(direction, "direction is null");
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is not within 0..1: " + value);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (requireNonNull(value, name + " is null").isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
