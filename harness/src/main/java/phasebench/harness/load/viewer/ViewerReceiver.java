package phasebench.harness.load.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.receive.ChannelEngine;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.harness.load.receive.SharedEngine;
import phasebench.harness.load.receive.ViewerPath;

/// The one thread that receives for all viewers.
///
/// It looks at every socket at a fixed tick and never sleeps in a socket: so its wake-ups, whose cost the kernel
/// charges to the relay's send calls, are the same for every variant. An arrival is stamped when it is taken from its
/// socket, hence up to a tick late.
final class ViewerReceiver implements AutoCloseable {
    private static final long TICK_NS = 2_000_000;
    private static final long TASK_SECONDS = 10;

    /// Each viewer's timers are looked at in one of so many turns: they are seconds long.
    private static final int TURNS_PER_TIMER = 8;

    /// How often the kernel is asked what it counted.
    private static final long COUNT_NS = 100_000_000;

    /// `own` has each viewer get a socket of its own, as on machines where they cannot share.
    private static final String SOCKETS_PROPERTY = "phasebench.load.sockets";

    private final ChannelEngine own = new ChannelEngine();
    private final @Nullable SharedEngine shared;
    private final String whyNotShared;
    private final AtomicBoolean isWarned = new AtomicBoolean();
    private final List<Viewer> viewers = new ArrayList<>();
    private final List<Viewer> waiting = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().name("viewer-receiver").unstarted(this::receive);
    private volatile boolean isStopping;
    private volatile @Nullable Throwable failure;
    private volatile long lastMediaNs = System.nanoTime();
    private final TickLateness lateness = new TickLateness(TICK_NS);
    private volatile boolean hasSinks;
    private int turn;
    private long nextCountNs;
    private long counted;

    private ViewerReceiver(@Nullable SharedEngine shared, String whyNotShared) {
        this.shared = shared;
        this.whyNotShared = whyNotShared;
    }

    /// With shared sockets if this machine has them.
    static ViewerReceiver create() {
        if (System.getProperty(SOCKETS_PROPERTY, "shared").equals("own")) {
            return new ViewerReceiver(null, "-D" + SOCKETS_PROPERTY + "=own");
        }
        try {
            return new ViewerReceiver(SharedEngine.open(SharedEngine.Settings.DEFAULT), "");
        } catch (IOException e) {
            return new ViewerReceiver(null, String.valueOf(e.getMessage()));
        }
    }

    void start() {
        thread.start();
    }

    /// Opens a path for a viewer; any thread.
    ViewerPath open(InetSocketAddress relay, ReceiveEngine.Media media) throws IOException {
        ViewerPath path = engine(relay).open(relay, media);
        if (media == ReceiveEngine.Media.COUNTED) {
            hasSinks = true;
        }
        return path;
    }

    /// Adds a viewer, whose timers are looked after from now on.
    void add(Viewer viewer) {
        tasks.add(() -> viewers.add(viewer));
    }

    private ReceiveEngine engine(InetSocketAddress relay) {
        SharedEngine sharing = shared;
        if (sharing != null && SharedEngine.isFor(relay)) {
            return sharing;
        }
        if (!isWarned.getAndSet(true)) {
            System.err.println("load generator: viewers cannot share sockets ("
                    + (sharing == null ? whyNotShared : relay + " is no IPv4 loopback address")
                    + "), so each has one of its own: more CPU per packet, and fewer viewers");
        }
        return own;
    }

    /// Ceases to look after a viewer.
    void remove(Viewer viewer) {
        tasks.add(() -> {
            viewers.remove(viewer);
            waiting.remove(viewer);
        });
    }

    /// A viewer misses packets and is to be asked each turn; belongs to the receiving thread.
    void addWaiting(Viewer viewer) {
        waiting.add(viewer);
    }

    /// RTP packets of sinks that the kernel has counted so far.
    long packetsCounted() throws IOException {
        SharedEngine sharing = shared;
        return sharing == null ? 0 : sharing.packetsCounted();
    }

    /// Local ports at which media is taken.
    Set<Integer> localPorts() {
        Set<Integer> ports = new HashSet<>(own.localPorts());
        SharedEngine sharing = shared;
        if (sharing != null) {
            ports.addAll(sharing.localPorts());
        }
        return ports;
    }

    /// Datagrams dropped at full sockets so far, as these told themselves.
    long overflowDatagrams() throws IOException {
        SharedEngine sharing = shared;
        return sharing == null ? 0 : sharing.overflowDatagrams();
    }

    /// How it receives.
    String description() {
        SharedEngine sharing = shared;
        return sharing == null || isWarned.get() ? own.description() : sharing.description();
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

    /// Returns when every socket has been emptied once more.
    void awaitTurn() throws InterruptedException {
        call(() -> true); // tasks come before the turn
    }

    private void receive() {
        long nextTickNs = System.nanoTime();
        try {
            while (!isStopping) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                turn();
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
    private void turn() {
        long beginNs = System.nanoTime();
        lastMediaNs += lateness.lateNs(beginNs); // who did not look cannot speak of silence
        lateness.turn(beginNs);
        SharedEngine sharing = shared;
        int mediaCount = own.drain() + (sharing == null ? 0 : sharing.drain());
        long nowNs = System.nanoTime();
        if (hasSinks && nowNs - nextCountNs >= 0) {
            nextCountNs = nowNs + COUNT_NS;
            mediaCount += takeCounted() > 0 ? 1 : 0;
        }
        for (int i = turn++ & TURNS_PER_TIMER - 1; i < viewers.size(); i += TURNS_PER_TIMER) {
            viewers.get(i).tick(nowNs);
        }
        if (!waiting.isEmpty()) {
            waiting.removeIf(viewer -> !viewer.recover(nowNs));
        }
        if (mediaCount > 0) {
            lastMediaNs = nowNs;
        }
    }

    private long takeCounted() {
        try {
            long before = counted;
            counted = packetsCounted();
            return counted - before;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        if (thread.isAlive()) {
            return; // a closed socket's number could be another's by the time that the thread goes on
        }
        own.close();
        SharedEngine sharing = shared;
        if (sharing != null) {
            sharing.close();
        }
    }
}
