package phasebench.relay.plant;

import java.util.concurrent.CountDownLatch;
import phasebench.relay.metrics.ThreadStarter;

/// `threads`: threads that wait for what never comes, as goroutines do that somebody forgot.
final class ThreadPlant {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private ThreadPlant() {}

    static void leak(ThreadStarter threads, int count) {
        for (int i = 0; i < count; i++) {
            threads.start("planted", ThreadPlant::waitForever);
        }
    }

    private static void waitForever() {
        try {
            NEVER.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
