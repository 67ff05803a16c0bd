package phasebench.relay.forward;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.Viewer;

/// Sends a stream to one viewer: takes units from its queue, one after the other, on a thread of its own.
public final class ViewerWriter {
    private final LiveStream stream;
    private final Viewer viewer;
    private final ViewerEgress egress;
    private final ReportTimers reports;
    private final RelayMetrics metrics;
    private final LongSupplier nanoTime;
    private final @Nullable OutboundTrack[] tracks;
    private final List<Future<?>> timers = new ArrayList<>();

    /// @param nanoTime as System.nanoTime
    public ViewerWriter(
            LiveStream stream,
            List<TrackPlan> plans,
            ViewerEgress egress,
            ReportTimers reports,
            LongSupplier nanoTime) {
        this.stream = stream;
        this.egress = egress;
        this.reports = reports;
        this.metrics = reports.metrics();
        this.nanoTime = nanoTime;
        this.viewer = new Viewer(plans.stream().map(TrackPlan::track).collect(Collectors.toSet()), metrics);
        this.tracks = new OutboundTrack[stream.tracks().size()];
        var random = new SecureRandom();
        for (var plan : plans) {
            tracks[plan.track()] = new OutboundTrack(plan, random, egress::rtp);
        }
    }

    /// Sends until the stream ends.
    ///
    /// @throws InterruptedException when the session is closed
    public void run() throws InterruptedException {
        var backlog = new ArrayDeque<>(stream.join(viewer));
        try {
            sendAll(backlog);
        } finally {
            stream.leave(viewer);
            timers.forEach(timer -> timer.cancel(false));
        }
    }

    private void sendAll(Deque<MediaUnit> backlog) throws InterruptedException {
        var first = backlog.peek();
        var pace = first == null
                ? null
                : new CatchUpPace(nanoTime.getAsLong(), first.unit().arrivalNs());
        while (!viewer.isDrained() || !backlog.isEmpty()) {
            var unit = backlog.isEmpty() ? viewer.take() : backlog.poll();
            if (unit != null) {
                if (pace != null) {
                    pace(pace, unit);
                }
                forward(unit);
            }
            sendReports(viewer.takeDueReports());
        }
    }

    private void pace(CatchUpPace pace, MediaUnit unit) throws InterruptedException {
        long waitNs = pace.waitNs(unit.unit().arrivalNs(), nanoTime.getAsLong());
        if (waitNs > 0) {
            Thread.sleep(Duration.ofNanos(waitNs));
        }
    }

    private void forward(MediaUnit unit) {
        var track = tracks[unit.track()];
        if (track == null) {
            return;
        }
        boolean isFirst = track.packetCount() == 0;
        track.forward(unit);
        egress.endOfUnit();
        if (isFirst && track.packetCount() > 0) {
            // at once, so that audio and video are in step from the start and not an interval later
            sendReport(track);
            timers.add(reports.start(() -> viewer.reportDue(unit.track())));
        }
    }

    private void sendReports(int due) {
        for (int i = 0; (due >>> i) != 0 && i < tracks.length; i++) {
            var track = tracks[i];
            if (((due >>> i) & 1) != 0 && track != null) {
                sendReport(track);
            }
        }
    }

    private void sendReport(OutboundTrack track) {
        var now = stream.clockNow(track.plan().track());
        if (now.isPresent()) {
            egress.rtcp(SenderReports.build(track, now.get()));
            metrics.increment(RelayCounter.RTCP_SR_OUT);
        }
    }
}
