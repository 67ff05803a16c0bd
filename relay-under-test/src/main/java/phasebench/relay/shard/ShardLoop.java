package phasebench.relay.shard;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.socket.DatagramHandler;
import phasebench.relay.socket.PacketSender;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.stream.LiveStream;

/// One thread that does everything for its viewers, from datagrams in to media out, and blocks for nothing but the
/// next event. What belongs to a viewer of the shard is touched by this thread only.
///
/// To wake for one report or STUN request is dearer than to handle it. So after a turn with datagrams the loop
/// rests: it looks at its socket again 10 ms later, or when something else wakes it, such as a frame. While somebody
/// shakes hands it does not rest.
public final class ShardLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ShardLoop.class.getName());
    private static final long CLOSE_WAIT_MS = 2000;
    private static final long NS_PER_MS = 1_000_000;

    /// So long may a NACK or a STUN request wait for its answer: less than a frame, and a tenth of the time for
    /// which a packet is not sent again once more (forward.SharedHistory).
    private static final long REST_NS = 10 * NS_PER_MS;

    private final WebrtcSocket socket;
    private final PacketSender sender;
    private final RelayMetrics metrics;
    private final LongSupplier nanoTime;
    private final TimerWheel timers;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private volatile boolean isResting;

    private final Map<LiveStream, ShardStream> streams = new HashMap<>();
    private volatile @Nullable Thread thread;
    private volatile boolean isClosed;

    /// These two belong to the loop's thread.
    private long restUntilNs;

    private boolean isBusy;

    /// @param sender of all viewers of the shard
    /// @param nanoTime as System.nanoTime
    public ShardLoop(WebrtcSocket socket, PacketSender sender, RelayMetrics metrics, LongSupplier nanoTime) {
        this.socket = socket;
        this.sender = sender;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.restUntilNs = nanoTime.getAsLong();
        this.timers = new TimerWheel(restUntilNs);
    }

    /// Starts the loop.
    ///
    /// @param handler takes the datagrams of the shard's socket
    public void start(int number, DatagramHandler handler) {
        var started = Thread.ofPlatform().name("shard-" + number).unstarted(() -> run(handler));
        thread = started;
        started.start();
    }

    public WebrtcSocket socket() {
        return socket;
    }

    public PacketSender sender() {
        return sender;
    }

    /// Whether the caller is the shard's thread.
    public boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    /// Has the shard's thread run a task soon; at once if that is the caller. From any thread.
    public void execute(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            tasks.add(task);
            wake();
        }
    }

    /// Has a viewer get a stream's units from now on. On the shard's thread.
    public void join(ShardViewer viewer) {
        streams.computeIfAbsent(viewer.stream(), this::stream).join(viewer);
    }

    /// On the shard's thread.
    public void leave(ShardViewer viewer) {
        var stream = streams.get(viewer.stream());
        if (stream != null && stream.leave(viewer)) {
            streams.remove(viewer.stream());
        }
    }

    /// Runs an action once, after a delay. On the shard's thread.
    TimerWheel.Timer schedule(long delayNs, Runnable action) {
        return timers.schedule(nanoTime.getAsLong(), delayNs, action);
    }

    /// Runs an action again and again, until it says that it is done; each time up to 48 ms late. On the loop's thread.
    public void repeat(long intervalNs, BooleanSupplier isWanted) {
        var _ = timers.scheduleLoosely(nanoTime.getAsLong(), intervalNs, () -> {
            if (isWanted.getAsBoolean()) {
                repeat(intervalNs, isWanted);
            }
        });
    }

    /// Says that what has just come is part of a conversation whose next datagram must not wait. On the shard's thread.
    public void expectMore() {
        isBusy = true;
    }

    long nowNs() {
        return nanoTime.getAsLong();
    }

    /// Ends the loop; its socket is the caller's to close.
    @Override
    public void close() {
        isClosed = true;
        wake();
        var running = thread;
        if (running != null) {
            try {
                running.join(CLOSE_WAIT_MS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void wake() {
        if (isWoken.compareAndSet(false, true)) {
            if (isResting) {
                LockSupport.unpark(thread);
            } else {
                socket.wakeup();
            }
        }
    }

    private ShardStream stream(LiveStream live) {
        return new ShardStream(live, this, metrics);
    }

    /// A method of its own for each turn: the JIT compiles what is called often, not what never returns.
    private void run(DatagramHandler handler) {
        while (!isClosed && turn(handler)) {
            metrics.increment(RelayCounter.SHARD_TURNS);
        }
    }

    /// @return false once the socket is closed
    private boolean turn(DatagramHandler handler) {
        try {
            await();
            receive(handler);
        } catch (ClosedChannelException | ClosedSelectorException _) {
            return false;
        } catch (IOException e) {
            // such as a refused connection that an ICMP message tells of: nothing to do with the next datagram
            LOG.log(System.Logger.Level.WARNING, "cannot receive", e);
        }
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
        if (!streams.isEmpty()) {
            // a copy: a stream that has ended leaves
            for (var stream : List.copyOf(streams.values())) {
                guarded(stream::forward);
            }
        }
        int fired = timers.advance(nanoTime.getAsLong(), this::guarded);
        if (fired > 0) {
            metrics.add(RelayCounter.TIMERS_FIRED, fired);
        }
        return true;
    }

    private void await() throws IOException {
        long nowNs = nanoTime.getAsLong();
        long waitNs = timers.untilNextNs(nowNs);
        long restNs = Math.min(waitNs, restUntilNs - nowNs);
        try {
            if (restNs > 0) {
                rest(restNs);
            } else {
                socket.select(Math.ceilDiv(waitNs, NS_PER_MS));
            }
        } finally {
            // before it looks for work: who brings more wakes it again
            isWoken.set(false);
        }
    }

    /// Who wakes it sets `isWoken` first and looks at `isResting` then, so that one of the two sees the other.
    private void rest(long restNs) {
        isResting = true;
        if (!isWoken.get()) {
            LockSupport.parkNanos(this, restNs);
        }
        isResting = false;
    }

    private void receive(DatagramHandler handler) throws IOException {
        isBusy = false;
        if (socket.drain(handler) > 0) {
            restUntilNs = nanoTime.getAsLong() + (isBusy ? 0 : REST_NS);
        }
    }

    /// What goes wrong with one viewer must not end the service of all others.
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            metrics.increment(RelayCounter.DROP_INTERNAL_ERROR);
            LOG.log(System.Logger.Level.ERROR, "a task of a shard failed", e);
        }
    }
}
