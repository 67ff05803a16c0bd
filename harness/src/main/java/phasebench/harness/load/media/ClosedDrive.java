package phasebench.harness.load.media;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Closed drive: the next frame leaves when an earlier one has reached all viewers of the stream.
///
/// Until [#close] is called (while viewers join) frames leave by their due times. A frame that is not
/// complete within [#PATIENCE_NS] no longer holds up the others, so that a lost packet cannot end the drive.
/// While it is paused no frame leaves; those in flight arrive.
public final class ClosedDrive implements FrameDrive {
    /// How long a frame may hold up the drive.
    static final long PATIENCE_NS = 250_000_000;

    private static final int MASK = MEMORY_FRAMES - 1;
    private static final long RECHECK_NS = 5_000_000;

    /// How long a paused drive keeps the publisher, which has reports to send meanwhile.
    static final long PAUSE_NS = 200_000_000;

    private final OpenDrive untilClosed;
    private final int framesInFlight;
    private final AtomicLongArray dueNs = new AtomicLongArray(MEMORY_FRAMES);

    /// Deliveries of a frame so far, in the slot of its index; the publisher clears a slot before it releases the
    /// frame.
    private final AtomicLongArray deliveries = new AtomicLongArray(MEMORY_FRAMES);

    private volatile int viewerCount;
    private volatile boolean isPaused;
    private volatile long newestFrame = -1;
    private volatile @Nullable Thread publisher;
    private long oldestInFlight;

    public ClosedDrive(FrameGrid grid, long firstDueNs, int framesInFlight) {
        this.untilClosed = new OpenDrive(grid, firstDueNs);
        this.framesInFlight = framesInFlight;
    }

    /// Begins the closed loop, with all viewers there.
    public void close(int viewers) {
        viewerCount = viewers;
    }

    /// Lets no further frame leave; one that is about to may still.
    public void pause() {
        isPaused = true;
    }

    /// Goes on behind the last frame that left.
    public void resume() {
        isPaused = false;
        LockSupport.unpark(publisher);
    }

    @Override
    public long awaitFrame(long frameIndex) throws InterruptedException {
        publisher = Thread.currentThread();
        if (isPaused) {
            awaitResume();
            return NOT_YET;
        }
        long releasedNs;
        if (viewerCount == 0) {
            releasedNs = untilClosed.awaitFrame(frameIndex);
            oldestInFlight = frameIndex;
        } else {
            awaitRoom(frameIndex);
            if (isPaused) {
                return NOT_YET;
            }
            releasedNs = System.nanoTime();
        }
        deliveries.set((int) frameIndex & MASK, 0);
        dueNs.set((int) frameIndex & MASK, releasedNs);
        newestFrame = frameIndex;
        return releasedNs;
    }

    private void awaitResume() throws InterruptedException {
        long untilNs = System.nanoTime() + PAUSE_NS;
        for (long restNs = PAUSE_NS; isPaused && restNs > 0; restNs = untilNs - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(restNs);
        }
    }

    private void awaitRoom(long frameIndex) throws InterruptedException {
        while (true) {
            while (oldestInFlight < frameIndex && isDone(oldestInFlight)) {
                oldestInFlight++;
            }
            if (frameIndex - oldestInFlight < framesInFlight) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(RECHECK_NS);
        }
    }

    private boolean isDone(long frameIndex) {
        int slot = (int) frameIndex & MASK;
        return deliveries.get(slot) >= viewerCount || System.nanoTime() - dueNs.get(slot) > PATIENCE_NS;
    }

    @Override
    public long dueNs(long frameIndex) {
        return dueNs.get((int) frameIndex & MASK);
    }

    @Override
    public long newestFrame() {
        return newestFrame;
    }

    @Override
    public void delivered(long frameIndex) {
        long count = deliveries.incrementAndGet((int) frameIndex & MASK);
        if (count == viewerCount) {
            LockSupport.unpark(publisher);
        }
    }
}
