package phasebench.harness.load.bench;

import phasebench.harness.load.media.FrameDrive;

/// A drive that is told when frames leave, by the thread that sends them.
final class BenchDrive implements FrameDrive {
    private final long[] dueNs;
    private volatile long newestFrame = -1;

    BenchDrive(int frames) {
        this.dueNs = new long[frames];
    }

    /// The next frame leaves.
    ///
    /// @param atNs when it was due (System.nanoTime)
    void release(int frame, long atNs) {
        dueNs[frame] = atNs;
        newestFrame = frame; // publishes the due time
    }

    @Override
    public long awaitFrame(long frameIndex) {
        return dueNs(frameIndex);
    }

    @Override
    public long dueNs(long frameIndex) {
        return dueNs[(int) frameIndex];
    }

    @Override
    public long newestFrame() {
        return newestFrame;
    }

    @Override
    public void delivered(long frameIndex) {
        // nobody waits for it
    }
}
