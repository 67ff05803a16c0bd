package phasebench.harness;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ctrl-C, SIGTERM, or the end of the time that an experiment has: the experiment's thread finishes what it writes, its
/// children end by handle, and the process
/// exits with [ExitCode#INTERRUPTED] however the signal was called. Behind the end of its time it goes on.
final class Interruption implements AutoCloseable {
    /// For a trial that can be interrupted at once, and its relay's ordinary stop.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PATIENCE_AFTER_ENDING_CHILDREN = Duration.ofSeconds(5);

    private final Thread experiment = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final ChildProcesses children;
    private final Thread hook = new Thread(this::onShutdown, "interruption");
    private final Thread clock = new Thread(this::onTimeout, "time-limit");
    private final @Nullable Duration limit;
    private volatile boolean isRequested;
    private volatile boolean isExpired;

    private Interruption(ChildProcesses children, @Nullable Duration limit) {
        this.children = children;
        this.limit = limit;
    }

    /// Watches for signals on behalf of the calling thread, until closed; and for the end of its time.
    ///
    /// @param limit after which it is as if the user had asked for the end; null for none
    static Interruption watch(ChildProcesses children, @Nullable Duration limit) {
        Interruption interruption = new Interruption(children, limit);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        if (limit != null) {
            interruption.clock.setDaemon(true);
            interruption.clock.start();
        }
        return interruption;
    }

    boolean isRequested() {
        return isRequested;
    }

    /// Whether the time was over.
    boolean isExpired() {
        return isExpired;
    }

    private void onTimeout() {
        try {
            if (limit == null || finished.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            isExpired = true;
            isRequested = true;
            experiment.interrupt();
            if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                children.endAll();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void onShutdown() {
        isRequested = true;
        experiment.interrupt();
        try {
            if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                children.endAll();
                boolean _ = finished.await(PATIENCE_AFTER_ENDING_CHILDREN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        children.endAll();
        System.out.flush();
        // the JVM would exit with 143 after SIGTERM
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    /// The experiment is over. After a signal this lets the process end.
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the hook is running already: it ends the process
        }
    }
}
