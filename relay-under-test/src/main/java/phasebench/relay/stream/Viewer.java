package phasebench.relay.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// One viewer's place at a stream: the bounded queue between the publisher's threads, which fill it and never wait,
/// and the viewer's writer thread, which empties it.
public final class Viewer implements UnitSink {
    /// As many as MediaMTX queues per reader by default (`writeQueueSize`).
    static final int QUEUE_UNITS_MAX = 512;

    /// More NACKs than that wait only for a viewer that sends nothing any more.
    private static final int NACKS_MAX = 64;

    /// Lies in the queue to make the writer look at what is due.
    private static final Object WAKE = new Object();

    /// Packets that a viewer asks for again.
    ///
    /// @param ssrc unsigned 32 bits, of the track
    /// @param sequences 16 bits each
    public record Nack(long ssrc, List<Integer> sequences) {}

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE_UNITS_MAX);
    private final ConcurrentLinkedQueue<Nack> nacks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger nackCount = new AtomicInteger();
    private final RelayMetrics metrics;
    private final UnitGate gate;
    private final AtomicInteger dueReports = new AtomicInteger();
    private volatile boolean isEnded;

    /// @param wantedTracks indexes into the stream's tracks, 0 to 31
    public Viewer(Set<Integer> wantedTracks, RelayMetrics metrics) {
        this.gate = new UnitGate(wantedTracks);
        this.metrics = metrics;
    }

    /// Guarded by the stream's lock.
    public UnitGate gate() {
        return gate;
    }

    /// A unit that does not fit is dropped and counted, and leaves a gap in the viewer's sequence numbers.
    @Override
    public void unit(MediaUnit unit) {
        if (!gate.passes(unit)) {
            return;
        }
        if (!queue.offer(unit.retain())) {
            unit.release();
            metrics.increment(RelayCounter.DROP_SLOW_VIEWER);
        }
    }

    /// Says that no more units come; what is queued can still be taken.
    @Override
    public void end() {
        isEnded = true;
        wake();
    }

    @Override
    public int viewerCount() {
        return 1;
    }

    /// Says that a track's sender report is due; any thread.
    public void reportDue(int track) {
        dueReports.getAndUpdate(due -> due | (1 << track));
        wake();
    }

    /// Says that the viewer misses packets; any thread.
    public void nack(Nack nack) {
        if (nackCount.incrementAndGet() > NACKS_MAX) {
            nackCount.decrementAndGet();
            return;
        }
        nacks.add(nack);
        wake();
    }

    /// Tracks whose report is due, as bits, and none of them any more.
    public int takeDueReports() {
        return dueReports.get() == 0 ? 0 : dueReports.getAndSet(0);
    }

    /// The oldest NACK not taken yet, or null.
    public @Nullable Nack takeNack() {
        var nack = nacks.poll();
        if (nack != null) {
            nackCount.decrementAndGet();
        }
        return nack;
    }

    /// Waits for the next unit, which the caller then releases.
    ///
    /// @return null when there is something else to look at: a report that is due, a NACK, or the end
    public @Nullable MediaUnit take() throws InterruptedException {
        var next = queue.poll();
        if (next == null && !isEnded) {
            next = queue.take();
        }
        return next instanceof MediaUnit unit ? unit : null;
    }

    /// Whether the stream has ended and all its units were taken.
    public boolean isDrained() {
        return isEnded && queue.isEmpty();
    }

    /// Releases what was never taken; the viewer has left.
    public void clear() {
        for (var left = queue.poll(); left != null; left = queue.poll()) {
            if (left instanceof MediaUnit unit) {
                unit.release();
            }
        }
    }

    /// A full queue needs no waking: its owner is not waiting.
    @SuppressWarnings("ReturnValueIgnored")
    private void wake() {
        queue.offer(WAKE);
    }
}
