package phasebench.harness.load.media;

/// The frames of one stream that a measurement window counts: from `firstFrame`, up to an end that may be set later.
public final class FrameWindow {
    private final long firstFrame;
    private volatile long endFrame = Long.MAX_VALUE;

    public FrameWindow(long firstFrame) {
        this.firstFrame = firstFrame;
    }

    public long firstFrame() {
        return firstFrame;
    }

    /// Ends the window; to be called before `endFrame` is released.
    public void endBefore(long frame) {
        endFrame = frame;
    }

    /// The first frame behind the window.
    public long endFrame() {
        return endFrame;
    }

    public boolean contains(long frameIndex) {
        return frameIndex >= firstFrame && frameIndex < endFrame;
    }
}
