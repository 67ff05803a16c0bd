package phasebench.harness.load.viewer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.scenarios.ViewerLoad;

/// All viewers of a scenario, spread evenly over its streams: viewer i watches stream i modulo the number of streams.
public final class Viewers implements AutoCloseable {
    /// Joins under way at a time: handshakes cost CPU that the generator's core needs for media.
    private static final int JOINS_AT_ONCE = 4;

    /// How much longer than its ramp a crowd may take to join.
    private static final long JOIN_MILLIS_EXTRA = 30_000;

    private static final long JOIN_MILLIS_PER_VIEWER = 100;
    private static final long FIRST_FRAME_NS = 10_000_000_000L;
    private static final int NAMED_MAX = 8;

    private final List<StreamView> streams;
    private final ViewerLoad load;
    private final ViewerChoice choice;
    private final ViewerReceiver receiver = ViewerReceiver.create();
    private final WhepClient whep = new WhepClient();
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final List<ViewerJoin.Joined> joined = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<@Nullable IOException> refusal = new AtomicReference<>();

    /// Viewers that take all media and ask for nothing again.
    public Viewers(List<StreamView> streams, ViewerLoad load, long seed) {
        this(streams, load, ViewerBehaviour.NONE, seed);
    }

    public Viewers(List<StreamView> streams, ViewerLoad load, ViewerBehaviour behaviour, long seed) {
        this.streams = List.copyOf(streams);
        this.load = load;
        this.choice = new ViewerChoice(load, behaviour, seed);
        receiver.start();
    }

    /// Lets all viewers join, spread evenly over a ramp, and returns when each receives frames.
    ///
    /// @throws IOException at the first viewer that cannot join, or when some get no frames, naming them
    public void join(Duration ramp) throws IOException, InterruptedException {
        ViewerJoin procedure = new ViewerJoin(whep, identity, receiver);
        Semaphore room = new Semaphore(JOINS_AT_ONCE, true);
        long beginNs = System.nanoTime();
        long limitMillis = ramp.toMillis() + JOIN_MILLIS_EXTRA + JOIN_MILLIS_PER_VIEWER * load.count();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < load.count() && refusal.get() == null; i++) {
                sleepUntil(beginNs + ramp.toNanos() / load.count() * i);
                room.acquire();
                int viewer = i;
                threads.execute(() -> {
                    joinOne(procedure, viewer);
                    room.release();
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(limitMillis, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        }
        throwRefusal();
        awaitFirstFrames();
    }

    private void joinOne(ViewerJoin procedure, int index) {
        try {
            joined.add(procedure.join(index, stream(index), choice));
        } catch (IOException | RuntimeException e) {
            refusal.compareAndSet(null, new IOException("viewer " + index + " cannot join: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refusal.compareAndSet(null, new IOException("viewer " + index + " did not finish joining in time", e));
        }
    }

    private StreamView stream(int viewer) {
        return streams.get(viewer % streams.size());
    }

    private static void sleepUntil(long instantNs) throws InterruptedException {
        long restNs = instantNs - System.nanoTime();
        if (restNs > 0) {
            TimeUnit.NANOSECONDS.sleep(restNs);
        }
    }

    private void throwRefusal() throws IOException {
        IOException refused = refusal.get();
        if (refused != null) {
            throw refused;
        }
    }

    private void awaitFirstFrames() throws IOException, InterruptedException {
        long limitNs = System.nanoTime() + FIRST_FRAME_NS;
        while (true) {
            List<String> waiting = snapshot().stream()
                    .filter(one -> !one.viewer().isLearned())
                    .map(one -> "viewer " + one.viewer().index() + endedText(one.viewer()))
                    .toList();
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - limitNs > 0) {
                throw new IOException((load.count() - waiting.size()) + " of " + load.count()
                        + " viewers received frames within 10 s; without: "
                        + waiting.stream().limit(NAMED_MAX).collect(Collectors.joining(", ")));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String endedText(Viewer viewer) {
        String ended = viewer.ended();
        return ended == null ? "" : " (" + ended + ")";
    }

    private List<ViewerJoin.Joined> snapshot() {
        synchronized (joined) {
            return List.copyOf(joined);
        }
    }

    /// Names in `.local` of all viewers' candidates; empty if they have none.
    public Set<String> localNames() {
        return IntStream.range(0, load.count())
                .mapToObj(choice::localName)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }

    /// Viewers that watch a stream and take its media.
    public int watching(int streamIndex) {
        return (int) IntStream.iterate(streamIndex, i -> i < load.count(), i -> i + streams.size())
                .filter(i -> choice.media(i) != ReceiveEngine.Media.COUNTED)
                .count();
    }

    /// When media last reached any viewer (System.nanoTime).
    public long lastMediaNs() {
        return receiver.lastMediaNs();
    }

    /// What makes going on pointless, or null: the receiving thread failed, or all viewers were closed.
    public @Nullable String failure() {
        Throwable crash = receiver.failure();
        if (crash != null) {
            return "receiving thread failed: " + crash;
        }
        List<ViewerJoin.Joined> all = snapshot();
        if (!all.isEmpty() && all.stream().allMatch(one -> one.viewer().ended() != null)) {
            return "all viewers were disconnected" + endedText(all.getFirst().viewer());
        }
        return null;
    }

    /// Begins a window whose first frames are not out yet.
    ///
    /// @param windows one for each stream
    public void begin(List<FrameWindow> windows, WindowTally tally) throws InterruptedException {
        List<ViewerJoin.Joined> all = snapshot();
        receiver.call(() -> {
            for (ViewerJoin.Joined one : all) {
                one.viewer().begin(windows.get(one.viewer().index() % streams.size()), tally);
            }
            return true;
        });
    }

    /// Ends the window; its tally may be read from now on.
    ///
    /// @return by viewer index
    public List<ViewerTally> end() throws InterruptedException {
        List<ViewerJoin.Joined> all = new ArrayList<>(snapshot());
        all.sort((a, b) -> Integer.compare(a.viewer().index(), b.viewer().index()));
        return receiver.call(() -> {
            List<ViewerTally> tallies = new ArrayList<>();
            for (ViewerJoin.Joined one : all) {
                tallies.add(one.viewer().endWindow());
            }
            return tallies;
        });
    }

    /// Negotiated SRTP profile to number of viewers.
    public Map<String, Integer> srtpProfiles() {
        Map<String, Integer> counts = new TreeMap<>();
        snapshot().forEach(one -> counts.merge(one.keys().profile().name(), 1, Integer::sum));
        return counts;
    }

    /// Local UDP ports at which viewers take media.
    public Set<Integer> localPorts() {
        return receiver.localPorts();
    }

    /// Viewers whose media the kernel counts and drops.
    public int sinkCount() {
        return choice.sinkCount();
    }

    /// Viewers that ask for what they miss.
    public int browserCount() {
        return choice.browserCount();
    }

    /// RTP packets that the kernel counted for sinks so far.
    public long packetsCounted() throws IOException {
        return receiver.packetsCounted();
    }

    /// Datagrams dropped at full sockets so far, as these told themselves.
    public long overflowDatagrams() throws IOException {
        return receiver.overflowDatagrams();
    }

    /// How viewers receive, for the evidence.
    public String receiving() {
        return receiver.description();
    }

    /// Leaves: DELETE and close_notify for each viewer, a few at a time, and no longer than a few seconds in all.
    @Override
    public void close() {
        Semaphore room = new Semaphore(JOINS_AT_ONCE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (ViewerJoin.Joined one : snapshot()) {
            threads.execute(() -> leave(one, room));
        }
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        receiver.close();
        snapshot().forEach(one -> one.viewer().close());
        whep.close();
    }

    private void leave(ViewerJoin.Joined one, Semaphore room) {
        try {
            room.acquire();
            try {
                one.dtls().close();
                whep.delete(one.resource());
            } finally {
                room.release();
            }
        } catch (IOException _) {
            // the relay is gone already
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
