package phasebench.harness.load.media;

/// One track of a stream as publisher and viewers know it.
///
/// @param source what its frames hold
/// @param grid when they are due, as time from the stream's beginning
/// @param drive what lets them go
public record Track(FrameSource source, FrameGrid grid, FrameDrive drive) {
    public TrackKind kind() {
        return source.kind();
    }
}
