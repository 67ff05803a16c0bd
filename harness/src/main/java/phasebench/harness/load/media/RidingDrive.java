package phasebench.harness.load.media;

/// The drive of a track beside the video of a closed drive: each frame leaves with the frame of video in whose time it
/// falls, and is due with it. Nobody waits for its arrival.
public final class RidingDrive implements FrameDrive {
    private final FrameGrid grid;
    private final FrameGrid videoGrid;
    private final FrameDrive video;
    private volatile long newestFrame = -1;

    /// @param grid of the track
    public RidingDrive(FrameGrid grid, FrameGrid videoGrid, FrameDrive video) {
        this.grid = grid;
        this.videoGrid = videoGrid;
        this.video = video;
    }

    /// The publisher asks for frames of all tracks in the order of their media times, so that the frame of video is
    /// out.
    @Override
    public long awaitFrame(long frameIndex) {
        long dueNs = dueNs(frameIndex);
        newestFrame = frameIndex;
        return dueNs;
    }

    @Override
    public long dueNs(long frameIndex) {
        return video.dueNs(videoGrid.frameAtOrBefore(grid, frameIndex));
    }

    @Override
    public long newestFrame() {
        return newestFrame;
    }

    @Override
    public void delivered(long frameIndex) {
        // the video's arrival drives
    }
}
