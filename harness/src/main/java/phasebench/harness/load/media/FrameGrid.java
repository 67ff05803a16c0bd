package phasebench.harness.load.media;

/// The grid on which a track's frames stand: frame k has RTP timestamp k * clock rate / frames per second.
///
/// @param clockRate ticks of the RTP clock per second, whole thousands
/// @param firstTimestamp RTP timestamp of frame 0, as published
public record FrameGrid(int framesPerSecond, int clockRate, int firstTimestamp) {
    public static final long SECOND_NS = 1_000_000_000L;

    /// A grid of video.
    public FrameGrid(int framesPerSecond, int firstTimestamp) {
        this(framesPerSecond, TrackKind.VIDEO.clockRate(), firstTimestamp);
    }

    /// Ticks of the RTP clock in a time; for less than years.
    public long ticksIn(long nanos) {
        return nanos * (clockRate / 1000) / 1_000_000;
    }

    /// Ticks from frame 0 to a frame, not wrapped.
    public long ticks(long frameIndex) {
        return frameIndex * clockRate / framesPerSecond;
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

    /// First frame at or after a frame of another track of the stream.
    long frameAtOrAfter(FrameGrid other, long otherFrame) {
        return otherFrame == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.ceilDiv(otherFrame * framesPerSecond, other.framesPerSecond);
    }

    /// Last frame at or before a frame of another track of the stream.
    long frameAtOrBefore(FrameGrid other, long otherFrame) {
        return Math.floorDiv(otherFrame * framesPerSecond, other.framesPerSecond);
    }

    /// Whether a frame comes before one of another track of the stream.
    public boolean isBefore(long frameIndex, FrameGrid other, long otherFrame) {
        return frameIndex * other.framesPerSecond < otherFrame * framesPerSecond;
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
        long frameIndex = Math.ceilDiv(ticks * framesPerSecond, clockRate);
        return frameIndex >= 0 && ticks(frameIndex) == ticks ? frameIndex : -1;
    }
}
