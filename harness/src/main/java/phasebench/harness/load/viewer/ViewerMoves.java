package phasebench.harness.load.viewer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import phasebench.reports.rundir.JoinEvidence;
import phasebench.scenarios.schedule.ViewerEvent;

/// Viewers that come and go while a window is open, each at its time, whether or not those before it are done.
public final class ViewerMoves implements AutoCloseable {
    /// Joins under way at a time, in a storm: what a browser crowd would not limit either, but a process must.
    private static final int JOINS_AT_ONCE = 64;

    /// How long moves that are under way when the window is over may take.
    private static final Duration STRAGGLERS = Duration.ofSeconds(8);

    private static final long POLL_MILLIS = 10;

    /// Failures that evidence names.
    public static final int FAILURES_NAMED_MAX = 8;

    private final Viewers viewers;
    private final List<ViewerEvent> events;
    private final long windowBeginNs;
    private final Duration grace;
    private final Semaphore room = new Semaphore(JOINS_AT_ONCE, true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, CompletableFuture<ViewerJoin.Joined>> joinOfViewer = new HashMap<>();
    private final List<Came> came = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger leavesDone = new AtomicInteger();
    private long[] pictures = {};
    private final AtomicInteger leftConnected = new AtomicInteger();

    /// A viewer that joined in the window.
    ///
    /// @param dueNs when it was to join (System.nanoTime)
    private record Came(Viewer viewer, long dueNs) {}

    private ViewerMoves(Viewers viewers, List<ViewerEvent> events, long windowBeginNs, Duration grace) {
        this.viewers = viewers;
        this.events = events;
        this.windowBeginNs = windowBeginNs;
        this.grace = grace;
    }

    /// Begins to let viewers come and go.
    ///
    /// @param events in order of time
    /// @param windowBeginNs what their times count from (System.nanoTime)
    /// @param grace how long frames that are under way to who leaves may take
    public static ViewerMoves start(Viewers viewers, List<ViewerEvent> events, long windowBeginNs, Duration grace) {
        ViewerMoves moves = new ViewerMoves(viewers, List.copyOf(events), windowBeginNs, grace);
        for (ViewerJoin.Joined one : viewers.present()) {
            moves.joinOfViewer.put(one.viewer().index(), CompletableFuture.completedFuture(one));
        }
        for (ViewerEvent event : moves.events) {
            if (event.kind() == ViewerEvent.Kind.JOIN) {
                moves.joinOfViewer.put(event.viewer(), new CompletableFuture<>());
            }
        }
        Thread.ofVirtual().name("viewer-moves").start(moves::play);
        return moves;
    }

    private void play() {
        try {
            for (ViewerEvent event : events) {
                long dueNs = windowBeginNs + event.at().toNanos();
                Viewers.sleepUntil(dueNs);
                CompletableFuture<ViewerJoin.Joined> join = joinOfViewer.get(event.viewer());
                if (join == null) {
                    fail("viewer " + event.viewer() + " is to leave and is not there");
                    continue;
                }
                threads.execute(() -> {
                    switch (event.kind()) {
                        case JOIN -> join(event.viewer(), dueNs, join);
                        case LEAVE -> leave(event.viewer(), join);
                    }
                });
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.RejectedExecutionException _) {
            // closed in the middle of the schedule
        }
    }

    private void join(int viewer, long dueNs, CompletableFuture<ViewerJoin.Joined> result) {
        try {
            room.acquire();
            try {
                ViewerJoin.Joined one = viewers.joinLate(viewer);
                came.add(new Came(one.viewer(), dueNs));
                result.complete(one);
            } finally {
                room.release();
            }
        } catch (IOException | RuntimeException e) {
            fail("viewer " + viewer + " cannot join: " + e.getMessage());
            result.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        }
    }

    private void leave(int viewer, CompletableFuture<ViewerJoin.Joined> join) {
        try {
            if (viewers.leaveEarly(join.get(), grace)) {
                leftConnected.incrementAndGet();
            }
            leavesDone.incrementAndGet();
        } catch (IOException | IllegalStateException e) {
            fail("viewer " + viewer + " cannot leave: " + e.getMessage());
        } catch (ExecutionException _) {
            fail("viewer " + viewer + " was to leave and never came");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(String text) {
        failures.add(text);
    }

    /// Waits for what is under way when the window is over, and says what came of all moves. To be called before the
    /// viewers' window is ended.
    public JoinEvidence finish() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(STRAGGLERS.toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.SECONDS);
        }
        long limitNs = System.nanoTime() + grace.toNanos();
        while (cameToFrames() < came.size() && System.nanoTime() - limitNs < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        pictures = pictures();
        return new JoinEvidence(
                planned(ViewerEvent.Kind.JOIN),
                cameToFrames(),
                planned(ViewerEvent.Kind.LEAVE),
                leavesDone.get(),
                leavesDone.get() - leftConnected.get(),
                viewers.packetsOutside(),
                quantile(pictures, 0.5),
                quantile(pictures, 0.99),
                quantile(pictures, 1),
                List.copyOf(failures).stream().limit(FAILURES_NAMED_MAX).toList());
    }

    private int planned(ViewerEvent.Kind kind) {
        return (int) events.stream().filter(event -> event.kind() == kind).count();
    }

    /// Viewers who came and to whom frames came.
    private int cameToFrames() {
        synchronized (came) {
            return (int) came.stream().filter(one -> one.viewer().isLearned()).count();
        }
    }

    /// From the time to join to the first frame, of all viewers that saw one, in ascending order. When it came to those
    /// whose media the kernel counts nobody knows.
    private long[] pictures() {
        synchronized (came) {
            long[] waits = came.stream()
                    .filter(one -> one.viewer().isReading() && one.viewer().isLearned())
                    .mapToLong(one -> one.viewer().learnedNs() - one.dueNs())
                    .toArray();
            Arrays.sort(waits);
            return waits;
        }
    }

    /// From the time to join to the first frame that could be named, of all viewers that saw one, in ascending order;
    /// known when the moves are finished.
    public List<Long> pictureNs() {
        return LongStream.of(pictures).boxed().toList();
    }

    /// The nearest rank; 0 of nothing.
    public static long quantile(long[] ascending, double share) {
        return ascending.length == 0 ? 0 : ascending[Math.max(0, (int) Math.ceil(share * ascending.length) - 1)];
    }

    /// Viewers who left and were connected until then.
    public int leftConnected() {
        return leftConnected.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
