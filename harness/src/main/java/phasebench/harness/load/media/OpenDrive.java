package phasebench.harness.load.media;

import java.util.concurrent.locks.LockSupport;

/// Open drive: each frame leaves when it is due, however the relay fares.
public final class OpenDrive implements FrameDrive {
    /// Sleep ends this early and the rest is spun: the timer slack of a thread is 50 us by default (prctl(2),
    /// PR_SET_TIMERSLACK).
    private static final long SPIN_NS = 100_000;

    private final FrameGrid grid;
    private final long firstDueNs;
    private volatile long newestFrame = -1;

    /// @param firstDueNs when frame 0 is due (System.nanoTime)
    public OpenDrive(FrameGrid grid, long firstDueNs) {
        this.grid = grid;
        this.firstDueNs = firstDueNs;
    }

    @Override
    public long awaitFrame(long frameIndex) throws InterruptedException {
        long dueNs = dueNs(frameIndex);
        awaitInstant(dueNs);
        newestFrame = frameIndex;
        return dueNs;
    }

    /// Sleeps and then spins until an instant of System.nanoTime.
    static void awaitInstant(long instantNs) throws InterruptedException {
        while (true) {
            long restNs = instantNs - System.nanoTime();
            if (restNs <= 0) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (restNs > SPIN_NS) {
                LockSupport.parkNanos(restNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public long dueNs(long frameIndex) {
        return firstDueNs + grid.nanos(frameIndex);
    }

    @Override
    public long newestFrame() {
        return newestFrame;
    }

    @Override
    public void delivered(long frameIndex) {
        // an open drive does not listen
    }
}
