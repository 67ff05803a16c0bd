package phasebench.harness.load.media;

import java.util.List;

/// What a measurement window counts of one stream: the video frames from one on and before another, and on each further
/// track the frames that are due in the same stretch of media time.
public final class StreamWindow {
    private final List<FrameGrid> grids;
    private final List<FrameWindow> tracks;

    /// @param grids of all tracks, that of the video first
    public StreamWindow(List<FrameGrid> grids, long firstFrame) {
        this.grids = List.copyOf(grids);
        this.tracks = grids.stream()
                .map(grid -> new FrameWindow(grid.frameAtOrAfter(grids.getFirst(), firstFrame)))
                .toList();
    }

    /// Ends the window; to be called before `endFrame` of the video, and what is due with it, is released.
    public void endBefore(long endFrame) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).endBefore(grids.get(i).frameAtOrAfter(grids.getFirst(), endFrame));
        }
    }

    public FrameWindow video() {
        return tracks.getFirst();
    }

    /// One for each track, that of the video first.
    public List<FrameWindow> tracks() {
        return tracks;
    }
}
