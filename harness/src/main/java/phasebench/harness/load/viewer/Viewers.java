package phasebench.harness.load.viewer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.audit.TrackPart;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.impair.ImpairmentProxy;
import phasebench.harness.load.media.StreamWindow;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.scenarios.ViewerLoad;
import phasebench.scenarios.schedule.ViewerEvent;

/// The viewers of a scenario that this process carries, spread evenly over its streams: viewer i watches stream
/// i modulo the number of streams.
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
    private final IntPredicate isCarried;
    private final @Nullable ImpairmentProxy proxy;
    private final ViewerChoice choice;
    private volatile TickLateness.Reading lateness = new TickLateness.Reading(0, 0);
    private final ViewerReceiver receiver = ViewerReceiver.create();
    private final WhepClient whep = new WhepClient();
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final List<ViewerJoin.Joined> joined = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<@Nullable IOException> refusal = new AtomicReference<>();
    private final ViewerJoin procedure;
    private final List<ViewerTally> left = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong dropsOfLeft = new AtomicLong();
    private final AtomicLong packetsOutsideOfLeft = new AtomicLong();
    private volatile List<StreamWindow> openWindows = List.of();
    private volatile @Nullable WindowTally openTally;

    /// @param proxy stands between viewers and relay; null when they speak to each other directly. It is closed with
    ///     the viewers.
    public Viewers(List<StreamView> streams, ViewerLoad load, long seed, @Nullable ImpairmentProxy proxy) {
        this(streams, load, seed, proxy, _ -> true);
    }

    /// Some of a scenario's viewers.
    ///
    /// @param isCarried which of the scenario's viewers they are, by index
    public Viewers(
            List<StreamView> streams,
            ViewerLoad load,
            long seed,
            @Nullable ImpairmentProxy proxy,
            IntPredicate isCarried) {
        this.isCarried = isCarried;
        this.proxy = proxy;
        this.streams = List.copyOf(streams);
        this.load = load;
        this.choice = new ViewerChoice(load, seed);
        this.procedure = new ViewerJoin(whep, identity, receiver, proxy);
        receiver.start();
    }

    /// Lets viewers join when it is their time, counted from now, and returns when each receives frames.
    ///
    /// @param joins in order of time
    /// @throws IOException at the first viewer that cannot join, or when some get no frames, naming them
    public void join(List<ViewerEvent> joins) throws IOException, InterruptedException {
        Semaphore room = new Semaphore(JOINS_AT_ONCE, true);
        long beginNs = System.nanoTime();
        long lastMillis = joins.isEmpty() ? 0 : joins.getLast().at().toMillis();
        long limitMillis = lastMillis + JOIN_MILLIS_EXTRA + JOIN_MILLIS_PER_VIEWER * joins.size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ViewerEvent join : joins) {
                if (refusal.get() != null) {
                    break;
                }
                sleepUntil(beginNs + join.at().toNanos());
                room.acquire();
                threads.execute(() -> {
                    joinOne(join.viewer());
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

    private void joinOne(int index) {
        try {
            joined.add(procedure.join(index, streams.get(streamOf(index)), choice));
        } catch (IOException | RuntimeException e) {
            refusal.compareAndSet(null, new IOException("viewer " + index + " cannot join: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refusal.compareAndSet(null, new IOException("viewer " + index + " did not finish joining in time", e));
        }
    }

    /// Who follows on a viewer's place watches what that one watched.
    private int streamOf(int viewer) {
        return viewer % Math.max(1, load.count()) % streams.size();
    }

    static void sleepUntil(long instantNs) throws InterruptedException {
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
                    .map(one -> "viewer " + one.viewer().index() + one.viewer().awaited() + endedText(one.viewer()))
                    .toList();
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - limitNs > 0) {
                int all = snapshot().size();
                throw new IOException((all - waiting.size()) + " of " + all
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

    /// Viewers that have been let in.
    public int count() {
        return snapshot().size();
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
        if (proxy != null && proxy.failure() != null) {
            return "impairment proxy failed: " + proxy.failure();
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
    public void begin(List<StreamWindow> windows, WindowTally tally) throws InterruptedException {
        List<ViewerJoin.Joined> all = snapshot();
        receiver.call(() -> {
            for (ViewerJoin.Joined one : all) {
                one.viewer().begin(windows.get(streamOf(one.viewer().index())), tally);
            }
            receiver.lateness().begin();
            openWindows = List.copyOf(windows);
            openTally = tally;
            return true;
        });
        if (proxy != null) {
            proxy.begin(receiver.call(() -> all.stream()
                    .flatMap(one -> Stream.ofNullable(impaired(one.viewer())))
                    .toList()));
        }
    }

    private static ImpairmentProxy.@Nullable ViewerWindow impaired(Viewer viewer) {
        List<TrackPart> parts = viewer.parts();
        return parts.isEmpty() ? null : new ImpairmentProxy.ViewerWindow(viewer.index(), parts);
    }

    /// Has the proxy count for the part of the window that a viewer is there for.
    private void tellProxy(Viewer viewer) {
        ImpairmentProxy.ViewerWindow part = impaired(viewer);
        if (proxy != null && part != null) {
            proxy.change(part);
        }
    }

    /// Lets a viewer join while a window is open; frames count from the first that leaves after one has come.
    ///
    /// @throws IOException if it cannot join
    ViewerJoin.Joined joinLate(int index) throws IOException, InterruptedException {
        ViewerJoin.Joined one = procedure.join(index, streams.get(streamOf(index)), choice);
        joined.add(one);
        WindowTally tally = openTally;
        if (tally != null) {
            receiver.call(() -> {
                one.viewer().beginWhenLearned(openWindows.get(streamOf(index)), tally, this::tellProxy);
                return true;
            });
        }
        return one;
    }

    /// Lets a viewer leave while a window is open: frames that are out count, and are waited for.
    ///
    /// @param grace how long they may take
    /// @return whether it was connected until now
    boolean leaveEarly(ViewerJoin.Joined one, Duration grace) throws IOException, InterruptedException {
        Viewer viewer = one.viewer();
        receiver.call(() -> {
            viewer.endEarly();
            tellProxy(viewer);
            return true;
        });
        TimeUnit.NANOSECONDS.sleep(grace.toNanos());
        List<ViewerTally> tallies = receiver.call(viewer::endWindow);
        left.addAll(tallies);
        joined.remove(one);
        one.dtls().close();
        try {
            whep.delete(one.resource());
        } finally {
            dropsOfLeft.addAndGet(KernelDrops.read(viewer.ownPort()));
            viewer.close();
            receiver.remove(viewer);
            packetsOutsideOfLeft.addAndGet(receiver.call(viewer::packetsOutside));
        }
        return tallies.getFirst().isConnected();
    }

    /// Viewers that have joined and not left.
    List<ViewerJoin.Joined> present() {
        return snapshot();
    }

    /// Distinct RTP packets that have come to viewers in the open window so far, sinks left out; everything that lay at
    /// the sockets when this was called is among them.
    public long packetsReceived() throws InterruptedException {
        List<ViewerJoin.Joined> all = snapshot();
        receiver.awaitTurn();
        return receiver.call(() ->
                all.stream().mapToLong(one -> one.viewer().packetsReceived()).sum());
    }

    /// RTP packets that came to viewers outside of their parts of the window.
    long packetsOutside() throws InterruptedException {
        List<ViewerJoin.Joined> all = snapshot();
        long present = receiver.call(() ->
                all.stream().mapToLong(one -> one.viewer().packetsOutside()).sum());
        return present + packetsOutsideOfLeft.get();
    }

    /// Datagrams that the kernel dropped at sockets that viewers who left had for themselves.
    public long dropsOfLeft() {
        return dropsOfLeft.get();
    }

    /// Ends the window; its tally may be read from now on.
    ///
    /// @return one for each track, by viewer index, those who left in the window behind the others
    public List<ViewerTally> end() throws InterruptedException {
        List<ViewerJoin.Joined> all = new ArrayList<>(snapshot());
        all.sort((a, b) -> Integer.compare(a.viewer().index(), b.viewer().index()));
        return receiver.call(() -> {
            List<ViewerTally> tallies = new ArrayList<>();
            for (ViewerJoin.Joined one : all) {
                tallies.addAll(one.viewer().endWindow());
            }
            lateness = receiver.lateness().read();
            openTally = null;
            tallies.addAll(left);
            return tallies;
        });
    }

    /// Negotiated SRTP profile to number of viewers.
    public Map<String, Integer> srtpProfiles() {
        Map<String, Integer> counts = new TreeMap<>();
        snapshot().forEach(one -> counts.merge(one.keys().profile().name(), 1, Integer::sum));
        return counts;
    }

    /// When the receiving thread last looked at its sockets (System.nanoTime).
    public long lastTurnNs() {
        return receiver.lateness().lastTurnNs();
    }

    /// How late the receiving thread was in the window that [#end] ended.
    public TickLateness.Reading lateness() {
        return lateness;
    }

    /// What stands between viewers and relay, or null.
    public @Nullable ImpairmentProxy proxy() {
        return proxy;
    }

    /// Local UDP ports at which viewers take media, and those of what stands in between.
    public Set<Integer> localPorts() throws IOException {
        Set<Integer> ports = new HashSet<>(receiver.localPorts());
        if (proxy != null) {
            ports.addAll(proxy.localPorts());
        }
        return ports;
    }

    /// Viewers whose media the kernel counts and drops.
    public int sinkCount() {
        return (int) IntStream.range(0, load.count())
                .filter(isCarried)
                .filter(i -> choice.media(i) == ReceiveEngine.Media.COUNTED)
                .count();
    }

    /// Viewers that ask for what they miss.
    public int browserCount() {
        return (int) IntStream.range(0, load.count())
                .filter(isCarried)
                .filter(choice::isBrowser)
                .count();
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
        if (proxy != null) {
            proxy.close();
        }
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
