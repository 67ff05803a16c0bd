package phasebench.harness.load.media;

/// What decides when the next frame of one stream leaves.
///
/// `awaitFrame` and `firstFrameFrom` belong to the publisher's thread; `dueNs` and `delivered` may be asked by the
/// receiving thread.
public interface FrameDrive {
    /// What [#awaitFrame] returns while the drive is paused.
    long NOT_YET = Long.MIN_VALUE;

    /// Waits until a frame may leave. Frames are asked for in order.
    ///
    /// @return its due time (System.nanoTime), or [#NOT_YET] after a while in which the drive was paused:
    ///     the same frame is to be asked for again
    long awaitFrame(long frameIndex) throws InterruptedException;

    /// Due time of a frame that was released, at most [#MEMORY_FRAMES] frames ago.
    long dueNs(long frameIndex);

    /// The newest frame that was released, or -1.
    long newestFrame();

    /// Hears that one viewer got the last packet of a frame.
    void delivered(long frameIndex);

    /// How far back due times are known.
    int MEMORY_FRAMES = 4096;
}
