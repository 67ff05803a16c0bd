package phasebench.relay.stream;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// One viewer's place at a stream: the bounded queue between the publisher's threads, which fill it and never wait,
/// and the viewer's writer thread, which empties it.
public final class Viewer {
    /// As many as MediaMTX queues per reader by default (`writeQueueSize`).
    static final int QUEUE_UNITS_MAX = 512;

    /// Lies in the queue to make the writer look at what is due.
    private static final Object WAKE = new Object();

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE_UNITS_MAX);
    private final Set<Integer> wantedTracks;
    private final RelayMetrics metrics;
    private final int[] droppedUnits;
    private final AtomicInteger dueReports = new AtomicInteger();
    private boolean waitsForKeyFrame;
    private volatile boolean isEnded;

    /// @param wantedTracks indexes into the stream's tracks, 0 to 31
    public Viewer(Set<Integer> wantedTracks, RelayMetrics metrics) {
        this.wantedTracks = Set.copyOf(wantedTracks);
        this.metrics = metrics;
        this.droppedUnits = new int[Integer.SIZE];
    }

    boolean wants(int track) {
        return wantedTracks.contains(track);
    }

    /// Called under the stream's lock, before the first unit: nothing is taken until a key frame comes.
    void waitForKeyFrame() {
        waitsForKeyFrame = true;
    }

    /// Called under the stream's lock. A unit that does not fit is dropped and counted, and the next one tells.
    ///
    /// @param isVideo whether the unit is of the track whose key frames a decoder can begin with
    void offer(MediaUnit unit, boolean isVideo) {
        int track = unit.track();
        if (!wants(track)) {
            return;
        }
        if (waitsForKeyFrame) {
            if (!isVideo || !unit.unit().isKeyFrame()) {
                return;
            }
            waitsForKeyFrame = false;
        }
        var marked = droppedUnits[track] == 0 ? unit : unit.afterDropping(droppedUnits[track]);
        if (queue.offer(marked)) {
            droppedUnits[track] = 0;
        } else {
            droppedUnits[track]++;
            metrics.increment(RelayCounter.DROP_SLOW_VIEWER);
        }
    }

    /// Says that no more units come; what is queued can still be taken.
    public void end() {
        isEnded = true;
        wake();
    }

    /// Says that a track's sender report is due; any thread.
    public void reportDue(int track) {
        dueReports.getAndUpdate(due -> due | (1 << track));
        wake();
    }

    /// Tracks whose report is due, as bits, and none of them any more.
    public int takeDueReports() {
        return dueReports.get() == 0 ? 0 : dueReports.getAndSet(0);
    }

    /// Waits for the next unit.
    ///
    /// @return null when there is something else to look at: a report that is due, or the end
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

    /// A full queue needs no waking: its owner is not waiting.
    @SuppressWarnings("ReturnValueIgnored")
    private void wake() {
        queue.offer(WAKE);
    }
}
