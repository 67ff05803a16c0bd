package phasebench.harness;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, SIGTERM: the experiment's thread finishes what it writes, its children end by handle, and the process
/// exits with [ExitCode#INTERRUPTED] however the signal was called.
final class Interruption implements AutoCloseable {
    /// For a trial that can be interrupted at once, and its relay's ordinary stop.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PATIENCE_AFTER_ENDING_CHILDREN = Duration.ofSeconds(5);

    private final Thread experiment = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final ChildProcesses children;
    private final Thread hook = new Thread(this::onShutdown, "interruption");
    private volatile boolean isRequested;

    private Interruption(ChildProcesses children) {
        this.children = children;
    }

    /// Watches for signals on behalf of the calling thread, until closed.
    static Interruption watch(ChildProcesses children) {
        Interruption interruption = new Interruption(children);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean isRequested() {
        return isRequested;
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
