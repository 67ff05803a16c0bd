package phasebench.relay.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// A publication and those who take it: every unit goes to every sink, in one order for all.
public final class LiveStream implements Publication {
    private final String path;
    private final List<TrackFormat> tracks;
    private final int videoTrack;
    private final LongSupplier nanoTime;
    private final Runnable onClose;
    private final MediaClock clock;
    private final GopCache gop;
    private final List<TrackNumbering> numbering = new ArrayList<>();
    private final @Nullable PacketHistory history;
    private final Set<UnitSink> sinks = new LinkedHashSet<>();
    private long unitCount;
    private boolean isClosed;

    LiveStream(String path, List<TrackFormat> tracks, StreamPlan plan, LongSupplier nanoTime, Runnable onClose) {
        this.path = path;
        this.tracks = List.copyOf(tracks);
        this.videoTrack = firstVideo(tracks);
        this.nanoTime = nanoTime;
        this.onClose = onClose;
        this.clock = new MediaClock(this.tracks, Instant.now(), nanoTime.getAsLong());
        this.gop = new GopCache(videoTrack);
        this.history = plan.keepsHistory() && videoTrack >= 0 ? new PacketHistory() : null;
        for (int i = 0; i < tracks.size(); i++) {
            numbering.add(new TrackNumbering(i, tracks.get(i), plan.sharedPackets()));
        }
    }

    public String path() {
        return path;
    }

    public List<TrackFormat> tracks() {
        return tracks;
    }

    /// Lets the sink have all units from now on.
    ///
    /// @param gate of the sink's one viewer
    /// @return as `backlog`
    public synchronized List<MediaUnit> join(UnitSink sink, UnitGate gate) {
        join(sink);
        return backlog(gate);
    }

    /// Lets the sink have all units from now on; it may serve many viewers.
    public synchronized void join(UnitSink sink) {
        if (isClosed) {
            sink.end();
        } else {
            sinks.add(sink);
        }
    }

    /// The units since the last key frame, retained for the viewer, which is to send them first. When there are none,
    /// a viewer of video gets nothing until the next key frame. The gate lets through what comes behind them.
    public synchronized List<MediaUnit> backlog(UnitGate gate) {
        var backlog = gate.wants(videoTrack)
                ? gop.units().stream()
                        .filter(unit -> gate.wants(unit.track()))
                        .map(MediaUnit::retain)
                        .toList()
                : List.<MediaUnit>of();
        gate.join(videoTrack, unitCount, gate.wants(videoTrack) && backlog.isEmpty());
        return backlog;
    }

    /// The sink gets no more units.
    public synchronized void leave(UnitSink sink) {
        sinks.remove(sink);
    }

    public synchronized int viewerCount() {
        return sinks.stream().mapToInt(UnitSink::viewerCount).sum();
    }

    /// The video track's packets that may be sent again; null where they are not kept, or there is no video.
    public @Nullable PacketHistory history(int track) {
        return track == videoTrack ? history : null;
    }

    /// What a sender report of the track would say of now; empty before its first unit.
    public Optional<MediaClock.Reading> clockNow(int track) {
        return clock.at(track, nanoTime.getAsLong());
    }

    @Override
    public void accessUnit(int track, AccessUnit unit) {
        clock.arrival(track, unit.rtpTimestamp(), nanoTime.getAsLong());
        synchronized (this) {
            if (isClosed) {
                return;
            }
            var numbered = numbering.get(track).next(unit, ++unitCount);
            gop.add(numbered);
            if (history != null && track == videoTrack) {
                history.add(numbered);
            }
            for (var sink : sinks) {
                sink.unit(numbered);
            }
            numbered.release();
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
            sinks.forEach(UnitSink::end);
            sinks.clear();
            gop.clear();
            if (history != null) {
                history.clear();
            }
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
