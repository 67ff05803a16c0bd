package phasebench.harness.load.impair;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.TrackPart;
import phasebench.harness.load.media.TrackKind;
import phasebench.reports.rundir.ImpairmentCounts;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.scenarios.Impairment;

/// The network between viewers and relay, as UDP sockets of the load generator's own: each viewer sends to a port of
/// the proxy, and the relay sees another port for each viewer.
///
/// One thread does it all. Like the viewers' receiver it looks at its sockets at a fixed tick and never sleeps
/// in one, so that the wake-ups, which the kernel charges to the relay's send calls, are the same for every
/// variant; a packet goes on up to a tick late.
public final class ImpairmentProxy implements AutoCloseable {
    /// Scripts of each track begin again so many of its frames before a window: what is lost just before it
    /// decides how its own first gap is read. A window has to be begun before these frames are out, or its
    /// packets get other fates than those of another run.
    public static final long LEAD_FRAMES = 1;

    /// Packets under way at most; more are dropped, and the trial says so.
    static final int PACKETS_HELD_MAX = 1 << 16;

    private static final long TICK_NS = 1_000_000;
    private static final int DATAGRAM_BYTES_MAX = 2048;
    private static final long TASK_SECONDS = 10;

    private final List<Impairment> impairments;
    private final long seed;
    private final Selector selector;
    private final List<Route> routes = Collections.synchronizedList(new ArrayList<>());
    private final TimerQueue timers = new TimerQueue();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("impairment").daemon().unstarted(this::forward);
    private final Sending sending = new Sending();
    private final byte[] packet = new byte[DATAGRAM_BYTES_MAX];
    private volatile boolean isStopping;
    private volatile @Nullable Throwable failure;

    private ImpairmentProxy(List<Impairment> impairments, long seed) throws IOException {
        this.impairments = impairments;
        this.seed = seed;
        this.selector = Selector.open();
    }

    /// Starts a proxy.
    ///
    /// @param impairments what each packet meets, one behind the other
    /// @param seed of all that is random
    /// @return null when nothing is to be impaired: viewers then speak to the relay itself
    public static @Nullable ImpairmentProxy start(List<Impairment> impairments, long seed) throws IOException {
        List<Impairment> acting = impairments.stream()
                .filter(impairment -> !impairment.equals(Impairment.NONE))
                .toList();
        if (acting.isEmpty()) {
            return null;
        }
        ImpairmentProxy proxy = new ImpairmentProxy(acting, seed);
        proxy.thread.start();
        return proxy;
    }

    /// Makes a way for a viewer.
    ///
    /// @param relay where the relay expects the viewer
    /// @param payloadTypes of its tracks
    /// @return where the viewer is to go instead
    public InetSocketAddress route(int viewer, InetSocketAddress relay, Map<TrackKind, Integer> payloadTypes)
            throws IOException {
        Map<Integer, TrackKind> tracks = new HashMap<>();
        payloadTypes.forEach((track, payloadType) -> tracks.put(payloadType, track));
        Route route = Route.open(viewer, relay, tracks, impairments, seed, sending);
        try {
            for (DatagramChannel channel : route.channels()) {
                channel.register(selector, SelectionKey.OP_READ, route);
            }
        } catch (ClosedChannelException e) {
            route.close();
            throw e;
        }
        routes.add(route);
        return route.viewerSide();
    }

    /// Local ports of all its sockets, for the kernel's drop counts.
    public Set<Integer> localPorts() throws IOException {
        Set<Integer> ports = new HashSet<>();
        for (Route route : snapshot()) {
            ports.add(route.viewerSide().getPort());
            ports.add(route.relaySide().getPort());
        }
        return ports;
    }

    /// One viewer's share of a window, on each of its tracks.
    public record ViewerWindow(int viewer, List<TrackPart> tracks) {}

    /// Begins a window whose first frames are not out yet: their packets are counted, and decisions begin again with
    /// them.
    public void begin(List<ViewerWindow> windows) throws InterruptedException {
        call(() -> {
            sending.overflows = 0;
            Map<Integer, ViewerWindow> byViewer =
                    windows.stream().collect(Collectors.toMap(ViewerWindow::viewer, window -> window));
            for (Route route : snapshot()) {
                ViewerWindow window = byViewer.get(route.viewer());
                if (window != null) {
                    route.begin(window.tracks());
                }
            }
            return true;
        });
    }

    /// A viewer came or left while the window is open: its packets count for the frames that it is there for.
    /// Returns at once.
    public void change(ViewerWindow part) {
        tasks.add(() -> {
            for (Route route : snapshot()) {
                if (route.viewer() == part.viewer()) {
                    route.change(part.tracks());
                }
            }
        });
    }

    /// What was done to the packets of the window.
    public ImpairmentEvidence read() throws InterruptedException {
        return call(() -> new ImpairmentEvidence(
                impairments, sum(Route::media), sum(Route::repairs), sum(Route::rtcp), sending.overflows));
    }

    private ImpairmentCounts sum(Function<Route, KindCounts> counts) {
        KindCounts sum = new KindCounts();
        snapshot().forEach(route -> sum.add(counts.apply(route)));
        return sum.read();
    }

    private List<Route> snapshot() {
        synchronized (routes) {
            return List.copyOf(routes);
        }
    }

    /// What ended the thread, or null while it runs.
    public @Nullable Throwable failure() {
        return failure;
    }

    private <T> T call(Callable<T> task) throws InterruptedException {
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
            throw new IllegalStateException("a task of the impairment proxy failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the impairment proxy did not get to its tasks within 10 s", e);
        }
    }

    private void forward() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
        long nextTickNs = System.nanoTime();
        try {
            while (!isStopping) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                timers.runDue(System.nanoTime());
                turn(buffer);
                timers.runDue(System.nanoTime());
                // a late tick is not made up for
                nextTickNs = Math.max(nextTickNs + TICK_NS, System.nanoTime() - TICK_NS);
                for (long rest = nextTickNs - System.nanoTime(); rest > 0 && !isStopping; ) {
                    LockSupport.parkNanos(rest);
                    rest = nextTickNs - System.nanoTime();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private void turn(ByteBuffer buffer) throws IOException {
        selector.selectNow();
        for (SelectionKey key : selector.selectedKeys()) {
            try {
                if (key.channel() instanceof DatagramChannel channel && key.attachment() instanceof Route route) {
                    route.drain(channel, buffer, packet);
                }
            } catch (CancelledKeyException | ClosedChannelException _) {
                // closed in between
            }
        }
        selector.selectedKeys().clear();
    }

    /// How packets leave; belongs to the thread.
    private final class Sending implements Route.Sending {
        private long overflows;

        @Override
        public void at(long dueNs, DatagramChannel channel, byte[] packet) {
            if (timers.size() >= PACKETS_HELD_MAX) {
                overflows++;
                return;
            }
            timers.add(dueNs, _ -> send(channel, packet));
        }

        @Override
        public void flushAt(long dueNs, Hop hop) {
            timers.add(dueNs, hop::flush);
        }

        /// A full send buffer cannot be told from a loss on the way, so it counts as one of the proxy's own.
        private void send(DatagramChannel channel, byte[] packet) {
            try {
                if (channel.isConnected() && channel.write(ByteBuffer.wrap(packet)) == 0) {
                    overflows++;
                }
            } catch (IOException _) {
                // the other end is gone, which the viewer's own checks will find
            }
        }
    }

    /// Stops forwarding.
    @Override
    public void close() {
        isStopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        snapshot().forEach(Route::close);
        try {
            selector.close();
        } catch (IOException _) {
            // nothing is left to be done with it
        }
    }
}
