package phasebench.harness.load.media;

/// The grid on which a stream's frames stand: frame k has RTP timestamp k * 90000 / fps.
///
/// @param firstTimestamp RTP timestamp of frame 0, as published
public record FrameGrid(int framesPerSecond, int firstTimestamp) {
    /// Ticks of the RTP clock of video per second (RFC 6184, section 8.2.1).
    public static final int CLOCK_RATE = 90_000;

    public static final long SECOND_NS = 1_000_000_000L;

    /// Ticks from frame 0 to a frame, not wrapped.
    public long ticks(long frameIndex) {
        return frameIndex * CLOCK_RATE / framesPerSecond;
    }

    /// RTP timestamp of a frame, as published.
    public int timestamp(long frameIndex) {
        return firstTimestamp + (int) ticks(frameIndex);
    }

    /// Time from the first frame to a frame.
    public long nanos(long frameIndex) {
        return frameIndex * SECOND_NS / framesPerSecond; // overflows after nine thousand million frames
    }

    /// First frame at or after a time from the first frame.
    public long frameAtOrAfter(long nanos) {
        return Math.max(0, Math.ceilDiv(nanos * framesPerSecond, SECOND_NS));
    }

    /// Time between frames, rounded down.
    public long periodNs() {
        return SECOND_NS / framesPerSecond;
    }

    /// The frame with a timestamp, given another frame near it on the same clock.
    ///
    /// @param ticksFromNear signed difference of the two timestamps
    /// @return -1 when the timestamp lies between frames
    public long frameIndex(long nearFrameIndex, int ticksFromNear) {
        long ticks = ticks(nearFrameIndex) + ticksFromNear;
        long frameIndex = Math.ceilDiv(ticks * framesPerSecond, CLOCK_RATE);
        return frameIndex >= 0 && ticks(frameIndex) == ticks ? frameIndex : -1;
    }
}
