package phasebench.harness.load.media;

/// The open drive of a stream that another process publishes: which frames are out follows from the clock, which that
/// process shares. Nothing leaves before it is due.
public final class FollowedDrive implements FrameDrive {
    private final FrameGrid grid;
    private final long firstDueNs;

    /// @param firstDueNs when frame 0 is due (System.nanoTime)
    public FollowedDrive(FrameGrid grid, long firstDueNs) {
        this.grid = grid;
        this.firstDueNs = firstDueNs;
    }

    @Override
    public long awaitFrame(long frameIndex) {
        throw new IllegalStateException("another process publishes this stream");
    }

    @Override
    public long dueNs(long frameIndex) {
        return firstDueNs + grid.nanos(frameIndex);
    }

    @Override
    public long newestFrame() {
        long sinceNs = System.nanoTime() - firstDueNs;
        return sinceNs < 0 ? -1 : grid.frameAtOrAfter(sinceNs + 1) - 1;
    }

    @Override
    public void delivered(long frameIndex) {
        // an open drive does not listen
    }
}
