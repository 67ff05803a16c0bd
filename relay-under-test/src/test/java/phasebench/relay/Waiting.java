package phasebench.relay;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something that another thread brings about.
final class Waiting {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Waiting() {}

    /// @param state described when it never comes true
    static void until(BooleanSupplier condition, Supplier<?> state) {
        long endNs = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not within " + LIMIT + ": " + state.get());
            }
            pause(Duration.ofMillis(5));
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
