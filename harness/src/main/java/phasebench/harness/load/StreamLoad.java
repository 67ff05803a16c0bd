package phasebench.harness.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.media.ClipSource;
import phasebench.harness.load.media.ClosedDrive;
import phasebench.harness.load.media.FollowedDrive;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameSource;
import phasebench.harness.load.media.OpenDrive;
import phasebench.harness.load.media.OpusSource;
import phasebench.harness.load.media.RidingDrive;
import phasebench.harness.load.media.StreamWindow;
import phasebench.harness.load.media.SyntheticSource;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.publisher.Publisher;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.StreamSpec;

/// One stream of the load, and when frame 0 of each of its tracks is due.
///
/// @param publisher null where another generator publishes the stream
record StreamLoad(@Nullable Publisher publisher, StreamView view, long firstDueNs) implements AutoCloseable {
    /// A stream that is announced and waits for its drive.
    record Announced(StreamSpec spec, Publisher publisher, List<Publisher.Source> sources) {
        /// Begins to publish.
        StreamLoad start(Drive drive, long firstDueNs, LoadTargets targets) {
            List<FrameDrive> drives = new ArrayList<>();
            for (Publisher.Source source : sources) {
                drives.add(
                        switch (drive) {
                            case Drive.Open _ -> new OpenDrive(source.grid(), firstDueNs);
                            case Drive.Closed closed ->
                                drives.isEmpty()
                                        ? new ClosedDrive(source.grid(), firstDueNs, closed.framesInFlight())
                                        : new RidingDrive(source.grid(), videoGrid(), drives.getFirst());
                        });
            }
            publisher.start(drives);
            return new StreamLoad(publisher, view(spec, targets, sources, drives), firstDueNs);
        }

        FrameGrid videoGrid() {
            return sources.getFirst().grid();
        }
    }

    /// @param seed of this stream: SSRCs, first timestamps and filler follow from it
    static Announced announce(StreamSpec spec, int index, LoadTargets targets, long seed) throws IOException {
        List<Publisher.Source> sources = sources(spec, index, seed);
        Publisher publisher = Publisher.announce(targets.publish(spec.name()), spec.name(), sources, spec.transport());
        return new Announced(spec, publisher, sources);
    }

    /// A stream that another generator publishes, with the same seed.
    static StreamLoad followed(StreamSpec spec, int index, LoadTargets targets, long seed, long firstDueNs)
            throws IOException {
        List<Publisher.Source> sources = sources(spec, index, seed);
        List<FrameDrive> drives = sources.stream()
                .map(source -> (FrameDrive) new FollowedDrive(source.grid(), firstDueNs))
                .toList();
        return new StreamLoad(null, view(spec, targets, sources, drives), firstDueNs);
    }

    private static StreamView view(
            StreamSpec spec, LoadTargets targets, List<Publisher.Source> sources, List<FrameDrive> drives) {
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            tracks.add(new Track(sources.get(i).frames(), sources.get(i).grid(), drives.get(i)));
        }
        return new StreamView(spec.name(), targets.whep(spec.name()), tracks);
    }

    /// The same for the same seed, whoever asks; the video's do not depend on whether there is sound.
    private static List<Publisher.Source> sources(StreamSpec spec, int index, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed + index);
        List<Publisher.Source> sources = new ArrayList<>();
        sources.add(source(video(spec, index, seed), spec.source().framesPerSecond(), random));
        AudioSpec audio = spec.audio();
        if (audio != null) {
            sources.add(source(new OpusSource(audio, index, seed), audio.packetsPerSecond(), random));
        }
        return sources;
    }

    private static Publisher.Source source(FrameSource frames, int framesPerSecond, SplittableRandom random) {
        FrameGrid grid = new FrameGrid(framesPerSecond, frames.kind().clockRate(), random.nextInt());
        return new Publisher.Source(frames, grid, random.nextInt());
    }

    private static FrameSource video(StreamSpec spec, int index, long seed) throws IOException {
        return switch (spec.source()) {
            case MediaSource.Clip clip -> ClipSource.open(clip.name(), index);
            case MediaSource.Synthetic synthetic -> new SyntheticSource(synthetic, index, seed);
        };
    }

    /// What ended the publisher, or null while all is well here.
    @Nullable
    String failure() {
        Publisher own = publisher;
        return own == null ? null : own.failure();
    }

    /// Of the video.
    FrameDrive drive() {
        return view.video().drive();
    }

    /// Of the video.
    FrameGrid grid() {
        return view.video().grid();
    }

    /// What a window that begins with a frame of the video counts.
    StreamWindow windowFrom(long firstFrame) {
        return new StreamWindow(view.tracks().stream().map(Track::grid).toList(), firstFrame);
    }

    /// Whether a frame of a window, or one of so many before it, has left on any track.
    boolean hasReached(StreamWindow window, long leadFrames) {
        for (int i = 0; i < view.tracks().size(); i++) {
            long firstFrame = window.tracks().get(i).firstFrame() - leadFrames;
            if (view.tracks().get(i).drive().newestFrame() >= firstFrame) {
                return true;
            }
        }
        return false;
    }

    /// The first frame of the video due at or after an instant.
    long frameAtOrAfter(long nanoTime) {
        return grid().frameAtOrAfter(nanoTime - firstDueNs);
    }

    @Override
    public void close() {
        Publisher own = publisher;
        if (own != null) {
            own.close();
        }
    }
}
