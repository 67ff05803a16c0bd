package phasebench.relay.stream;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// A publication and its viewers: every unit goes to every viewer's queue, in one order for all.
public final class LiveStream implements Publication {
    private final String path;
    private final List<TrackFormat> tracks;
    private final int videoTrack;
    private final LongSupplier nanoTime;
    private final Runnable onClose;
    private final MediaClock clock;
    private final GopCache gop;
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private boolean isClosed;

    LiveStream(String path, List<TrackFormat> tracks, LongSupplier nanoTime, Runnable onClose) {
        this.path = path;
        this.tracks = List.copyOf(tracks);
        this.videoTrack = firstVideo(tracks);
        this.nanoTime = nanoTime;
        this.onClose = onClose;
        this.clock = new MediaClock(this.tracks, Instant.now(), nanoTime.getAsLong());
        this.gop = new GopCache(videoTrack);
    }

    public String path() {
        return path;
    }

    public List<TrackFormat> tracks() {
        return tracks;
    }

    /// Lets the viewer have all units from now on.
    ///
    /// @return the units since the last key frame, which the viewer is to send first; when there are none, a viewer
    ///     of video gets nothing until the next key frame
    public synchronized List<MediaUnit> join(Viewer viewer) {
        if (isClosed) {
            viewer.end();
            return List.of();
        }
        viewers.add(viewer);
        if (!viewer.wants(videoTrack)) {
            return List.of();
        }
        var backlog =
                gop.units().stream().filter(unit -> viewer.wants(unit.track())).toList();
        if (backlog.isEmpty()) {
            viewer.waitForKeyFrame();
        }
        return backlog;
    }

    /// The viewer gets no more units.
    public synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    public synchronized int viewerCount() {
        return viewers.size();
    }

    /// What a sender report of the track would say of now; empty before its first unit.
    public Optional<MediaClock.Reading> clockNow(int track) {
        return clock.at(track, nanoTime.getAsLong());
    }

    @Override
    public void accessUnit(int track, AccessUnit unit) {
        clock.arrival(track, unit.rtpTimestamp(), nanoTime.getAsLong());
        var queued = new MediaUnit(track, unit);
        synchronized (this) {
            gop.add(queued);
            for (var viewer : viewers) {
                viewer.offer(queued, track == videoTrack);
            }
        }
    }

    @Override
    public void senderReport(int track, long ntpTimestamp, long rtpTimestamp) {
        clock.senderReport(track, ntpTimestamp, rtpTimestamp, nanoTime.getAsLong());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            viewers.forEach(Viewer::end);
            viewers.clear();
            gop.clear();
        }
        onClose.run();
    }

    private static int firstVideo(List<TrackFormat> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            if (!(tracks.get(i) instanceof TrackFormat.Opus)) {
                return i;
            }
        }
        return -1;
    }
}
