package phasebench.harness.load.viewer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.MediaAudit;

/// The one thread that receives for all viewers.
///
/// It looks at every socket at a fixed tick and never sleeps in a socket: so its wake-ups, whose cost the kernel
/// charges to the relay's send calls, are the same for
/// every variant. An arrival is stamped when its socket is looked at, hence up to a tick late.
final class ViewerReceiver implements AutoCloseable {
    private static final long TICK_NS = 2_000_000;
    private static final long TASK_SECONDS = 10;

    private final List<Viewer> viewers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().name("viewer-receiver").unstarted(this::receive);
    private volatile boolean isStopping;
    private volatile @Nullable Throwable failure;
    private volatile long lastMediaNs = System.nanoTime();
    private final TickLateness lateness = new TickLateness(TICK_NS);

    void start() {
        thread.start();
    }

    /// When media last reached any viewer (System.nanoTime), or the start when none did.
    long lastMediaNs() {
        return lastMediaNs;
    }

    /// How well the thread keeps to its tick.
    TickLateness lateness() {
        return lateness;
    }

    /// What ended the thread, or null while it runs.
    @Nullable
    Throwable failure() {
        return failure;
    }

    /// Adds a viewer; its socket is looked at from the next tick on.
    void add(Viewer viewer) {
        tasks.add(() -> viewers.add(viewer));
    }

    /// Looks no more at a viewer's socket, from the next tick on.
    void remove(Viewer viewer) {
        tasks.add(() -> viewers.remove(viewer));
    }

    /// Runs a task on the receiving thread and waits for its result.
    <T> T call(Callable<T> task) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(TASK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task of the receiving thread failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the receiving thread did not get to its tasks within 10 s", e);
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MediaAudit.DATAGRAM_BYTES_MAX);
        long nextTickNs = System.nanoTime();
        try {
            while (!isStopping) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                turn(buffer);
                // a late tick is not made up for
                nextTickNs = Math.max(nextTickNs + TICK_NS, System.nanoTime() - TICK_NS);
                for (long rest = nextTickNs - System.nanoTime(); rest > 0 && !isStopping; ) {
                    LockSupport.parkNanos(rest);
                    rest = nextTickNs - System.nanoTime();
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void turn(ByteBuffer buffer) {
        long nowNs = System.nanoTime();
        lastMediaNs += lateness.lateNs(nowNs); // who did not look cannot speak of silence
        lateness.turn(nowNs);
        int mediaCount = 0;
        for (Viewer viewer : viewers) {
            int count = viewer.drain(buffer);
            if (count > 0) {
                mediaCount += count;
                nowNs = System.nanoTime();
            }
            viewer.tick(nowNs);
        }
        if (mediaCount > 0) {
            lastMediaNs = nowNs;
        }
    }

    @Override
    public void close() {
        isStopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
