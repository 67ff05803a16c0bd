package phasebench.harness.load;

import java.io.IOException;
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
import phasebench.harness.load.media.SyntheticSource;
import phasebench.harness.load.publisher.Publisher;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.StreamSpec;

/// One stream of the load, and when its frame 0 is due.
///
/// @param publisher null where another generator publishes the stream
record StreamLoad(@Nullable Publisher publisher, StreamView view, long firstDueNs) implements AutoCloseable {
    /// A stream that is announced and waits for its drive.
    record Announced(StreamSpec spec, Publisher publisher, FrameSource source, FrameGrid grid) {
        /// Begins to publish.
        StreamLoad start(Drive drive, long firstDueNs, LoadTargets targets) {
            FrameDrive frames = switch (drive) {
                case Drive.Open _ -> new OpenDrive(grid, firstDueNs);
                case Drive.Closed closed -> new ClosedDrive(grid, firstDueNs, closed.framesInFlight());
            };
            publisher.start(frames);
            StreamView view = new StreamView(spec.name(), targets.whep(spec.name()), source, grid, frames);
            return new StreamLoad(publisher, view, firstDueNs);
        }
    }

    /// @param seed of this stream: its SSRC, its first timestamp and its filler follow from it
    static Announced announce(StreamSpec spec, int index, LoadTargets targets, long seed) throws IOException {
        FrameSource source = source(spec, index, seed);
        SplittableRandom random = new SplittableRandom(seed + index);
        FrameGrid grid = new FrameGrid(spec.source().framesPerSecond(), random.nextInt());
        Publisher publisher = Publisher.announce(
                targets.publish(spec.name()), spec.name(), source, spec.transport(), grid, random.nextInt());
        return new Announced(spec, publisher, source, grid);
    }

    /// A stream that another generator publishes, with the same seed.
    static StreamLoad followed(StreamSpec spec, int index, LoadTargets targets, long seed, long firstDueNs)
            throws IOException {
        FrameGrid grid = new FrameGrid(spec.source().framesPerSecond(), new SplittableRandom(seed + index).nextInt());
        FrameDrive drive = new FollowedDrive(grid, firstDueNs);
        FrameSource source = source(spec, index, seed);
        StreamView view = new StreamView(spec.name(), targets.whep(spec.name()), source, grid, drive);
        return new StreamLoad(null, view, firstDueNs);
    }

    private static FrameSource source(StreamSpec spec, int index, long seed) throws IOException {
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

    FrameDrive drive() {
        return view.drive();
    }

    FrameGrid grid() {
        return view.grid();
    }

    /// The first frame due at or after an instant.
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
