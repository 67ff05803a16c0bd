package phasebench.harness.load.audit;

import phasebench.harness.load.media.FrameGrid;

/// Which frame a timestamp belongs to on the way to one viewer.
///
/// @param nearFrame a frame not long ago
/// @param nearTimestamp its timestamp, as the relay sends it to this viewer
public record FrameClock(FrameGrid grid, long nearFrame, int nearTimestamp) {
    /// @return -1 when the timestamp lies between frames
    public long frameIndex(int timestamp) {
        return grid.frameIndex(nearFrame, timestamp - nearTimestamp);
    }
}
