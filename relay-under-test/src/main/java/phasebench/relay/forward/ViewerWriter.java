package phasebench.relay.forward;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.Viewer;

/// Sends a stream to one viewer, on a thread of its own: takes units from its queue, one after the other.
public final class ViewerWriter {
    private final LiveStream stream;
    private final Viewer viewer;
    private final ViewerOutput output;
    private final IntConsumer onTrackBegun;
    private final LongSupplier nanoTime;
    private final Deque<MediaUnit> backlog = new ArrayDeque<>();

    /// @param onTrackBegun told of each track when its first packets are sent
    /// @param nanoTime as System.nanoTime
    public ViewerWriter(
            LiveStream stream, Viewer viewer, ViewerOutput output, IntConsumer onTrackBegun, LongSupplier nanoTime) {
        this.stream = stream;
        this.viewer = viewer;
        this.output = output;
        this.onTrackBegun = onTrackBegun;
        this.nanoTime = nanoTime;
    }

    /// Sends until the stream ends.
    ///
    /// @throws InterruptedException when the session is closed
    public void run() throws InterruptedException {
        backlog.addAll(stream.join(viewer, viewer.gate()));
        try {
            sendAll();
        } finally {
            stream.leave(viewer);
            viewer.clear();
            backlog.forEach(MediaUnit::release);
            output.close();
        }
    }

    private void sendAll() throws InterruptedException {
        var pace = pace(backlog.peek());
        while (!viewer.isDrained() || !backlog.isEmpty()) {
            var unit = backlog.isEmpty() ? viewer.take() : backlog.poll();
            if (unit != null) {
                try {
                    if (pace != null) {
                        waitFor(pace, unit);
                    }
                    forward(unit);
                } finally {
                    unit.release();
                }
            }
            sendReports(viewer.takeDueReports());
            for (var nack = viewer.takeNack(); nack != null; nack = viewer.takeNack()) {
                output.nack(nack);
            }
        }
    }

    private @Nullable CatchUpPace pace(@Nullable MediaUnit first) {
        return first == null
                ? null
                : new CatchUpPace(nanoTime.getAsLong(), first.unit().arrivalNs());
    }

    private void waitFor(CatchUpPace pace, MediaUnit unit) throws InterruptedException {
        long waitNs = pace.waitNs(unit.unit().arrivalNs(), nanoTime.getAsLong());
        if (waitNs > 0) {
            Thread.sleep(Duration.ofNanos(waitNs));
        }
    }

    private void forward(MediaUnit unit) {
        boolean isFirst = output.forward(unit);
        output.flush();
        if (isFirst) {
            onTrackBegun.accept(unit.track());
        }
    }

    private void sendReports(int due) {
        for (int i = 0; (due >>> i) != 0; i++) {
            if (((due >>> i) & 1) != 0) {
                output.senderReport(i);
            }
        }
    }
}
