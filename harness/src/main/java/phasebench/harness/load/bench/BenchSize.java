package phasebench.harness.load.bench;

import java.time.Duration;

/// How much is sent to each way of receiving.
///
/// @param viewers each gets 30 frames of two packets a second
/// @param warmUpRounds rounds that do not count
/// @param rounds rounds that count, each with every way of receiving once
/// @param roundLength how long one is sent to
public record BenchSize(int viewers, int warmUpRounds, int rounds, Duration roundLength) {
    /// Three quarters of a minute.
    public static final BenchSize FULL = new BenchSize(1000, 4, 16, Duration.ofMillis(700));

    /// For function only.
    public static final BenchSize QUICK = new BenchSize(50, 1, 2, Duration.ofMillis(200));

    static final int FRAMES_PER_SECOND = 30;
    static final int PACKETS_PER_FRAME = 2;

    public BenchSize {
        if (viewers < 1 || viewers > 10_000) {
            throw new IllegalArgumentException("viewers is not within 1..10000: " + viewers);
        }
        if (warmUpRounds < 0 || rounds < 1 || framesPerRound(roundLength) < 1) {
            throw new IllegalArgumentException(
                    "too few rounds: " + warmUpRounds + " and " + rounds + " of " + roundLength.toMillis() + " ms");
        }
    }

    private static int framesPerRound(Duration roundLength) {
        return (int) (roundLength.toMillis() * FRAMES_PER_SECOND / 1000);
    }

    int framesPerRound() {
        return framesPerRound(roundLength);
    }

    int frames() {
        return framesPerRound() * (warmUpRounds + rounds);
    }

    /// Packets that all viewers get in one round.
    public long packetsPerRound() {
        return (long) framesPerRound() * PACKETS_PER_FRAME * viewers;
    }
}
