package phasebench.harness.endtoend;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/// Waits for what other programs bring about in their own time.
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /// A condition that may fail with whatever its program's interface throws.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void holds(String what, Condition condition) throws InterruptedException {
        holds(what, PATIENCE, condition);
    }

    /// Fails, naming `what`, if the condition does not hold within the patience.
    static void holds(String what, Duration patience, Condition condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() - deadlineNs > 0) {
                Assertions.fail("not within " + patience.toMillis() + " ms: " + what);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean isTrue(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            return Assertions.fail(e);
        }
    }
}
