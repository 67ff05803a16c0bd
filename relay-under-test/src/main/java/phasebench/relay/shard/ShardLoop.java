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
public final class ShardLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ShardLoop.class.getName());
    private static final long CLOSE_WAIT_MS = 2000;
    private static final long NS_PER_MS = 1_000_000;

    private final WebrtcSocket socket;
    private final PacketSender sender;
    private final RelayMetrics metrics;
    private final LongSupplier nanoTime;
    private final TimerWheel timers;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final Map<LiveStream, ShardStream> streams = new HashMap<>();
    private volatile @Nullable Thread thread;
    private volatile boolean isClosed;

    /// @param sender of all viewers of the shard
    /// @param nanoTime as System.nanoTime
    public ShardLoop(WebrtcSocket socket, PacketSender sender, RelayMetrics metrics, LongSupplier nanoTime) {
        this.socket = socket;
        this.sender = sender;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.timers = new TimerWheel(nanoTime.getAsLong());
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

    /// Runs an action again and again, until it says that it is done. On the shard's thread.
    public void repeat(long intervalNs, BooleanSupplier isWanted) {
        var _ = schedule(intervalNs, () -> {
            if (isWanted.getAsBoolean()) {
                repeat(intervalNs, isWanted);
            }
        });
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
            socket.wakeup();
        }
    }

    private ShardStream stream(LiveStream live) {
        return new ShardStream(live, this, metrics);
    }

    private void run(DatagramHandler handler) {
        while (!isClosed) {
            try {
                socket.select(Math.ceilDiv(timers.untilNextNs(nanoTime.getAsLong()), NS_PER_MS));
                isWoken.set(false);
                socket.drain(handler);
            } catch (ClosedChannelException | ClosedSelectorException _) {
                return;
            } catch (IOException e) {
                // such as a refused connection that an ICMP message tells of: nothing to do with the next datagram
                LOG.log(System.Logger.Level.WARNING, "cannot receive", e);
            }
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                guarded(task);
            }
            // a copy: a stream that has ended leaves
            for (var stream : List.copyOf(streams.values())) {
                guarded(stream::forward);
            }
            metrics.add(RelayCounter.TIMERS_FIRED, timers.advance(nanoTime.getAsLong(), this::guarded));
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
