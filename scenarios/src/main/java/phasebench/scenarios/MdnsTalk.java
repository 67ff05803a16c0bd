package phasebench.scenarios;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What neighbours on the network say by multicast DNS while a scenario runs.
///
/// @param queriesPerSecond questions for names that nobody has
/// @param answersPerSecond answers that nobody asked for, as devices announce themselves
/// @param answerDelay after which viewers' own names are answered; null for never
public record MdnsTalk(
        int queriesPerSecond,
        int answersPerSecond,
        @Nullable Duration answerDelay) {
    /// Many times what a crowded network carries, and far from what would fill a core.
    public static final int PER_SECOND_MAX = 1000;

    /// Nobody speaks.
    public static final MdnsTalk NONE = new MdnsTalk(0, 0, null);

    public MdnsTalk {
        requireRate("queriesPerSecond", queriesPerSecond);
        requireRate("answersPerSecond", answersPerSecond);
        if (answerDelay != null && answerDelay.isNegative()) {
            throw new IllegalArgumentException("answerDelay is negative: " + answerDelay);
        }
    }

    private static void requireRate(String name, int value) {
        if (value < 0 || value > PER_SECOND_MAX) {
            throw new IllegalArgumentException(name + " is not within 0.." + PER_SECOND_MAX + ": " + value);
        }
    }
}
