package phasebench.relay.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.UnitSink;

/// One stream as one shard gets it: a queue that the publisher's thread fills once per unit, whatever the number of
/// viewers, and the viewers that the shard empties it for.
final class ShardStream implements UnitSink {
    /// As many as a viewer of its own queue gets (stream.Viewer).
    private static final int QUEUE_UNITS_MAX = 512;

    private final LiveStream live;
    private final ShardLoop shard;
    private final RelayMetrics metrics;
    private final BlockingQueue<MediaUnit> queue = new ArrayBlockingQueue<>(QUEUE_UNITS_MAX);
    private final List<ShardViewer> viewers = new ArrayList<>();
    private volatile int viewerCount;
    private volatile boolean isEnded;

    ShardStream(LiveStream live, ShardLoop shard, RelayMetrics metrics) {
        this.live = live;
        this.shard = shard;
        this.metrics = metrics;
    }

    void join(ShardViewer viewer) {
        if (viewers.isEmpty()) {
            live.join(this);
        }
        viewers.add(viewer);
        viewerCount = viewers.size();
        viewer.begin();
    }

    /// @return whether nobody is left
    boolean leave(ShardViewer viewer) {
        viewers.remove(viewer);
        viewerCount = viewers.size();
        if (!viewers.isEmpty()) {
            return false;
        }
        live.leave(this);
        for (var unit = queue.poll(); unit != null; unit = queue.poll()) {
            unit.release();
        }
        return true;
    }

    /// Sends all units that have come to all viewers.
    void forward() {
        for (var unit = queue.poll(); unit != null; unit = queue.poll()) {
            for (int i = 0; i < viewers.size(); i++) {
                forward(viewers.get(i), unit);
            }
            shard.sender().flush();
            unit.release();
        }
        if (isEnded && queue.isEmpty()) {
            List.copyOf(viewers).forEach(ShardViewer::streamEnded);
        }
    }

    /// What goes wrong with one viewer must not end the service of all others.
    private void forward(ShardViewer viewer, MediaUnit unit) {
        try {
            viewer.unit(unit);
        } catch (RuntimeException e) {
            metrics.increment(RelayCounter.DROP_INTERNAL_ERROR);
            System.getLogger(ShardStream.class.getName())
                    .log(System.Logger.Level.ERROR, "a unit could not be forwarded", e);
        }
    }

    @Override
    public void unit(MediaUnit unit) {
        if (queue.offer(unit.retain())) {
            shard.wake();
        } else {
            unit.release();
            metrics.add(RelayCounter.DROP_SLOW_VIEWER, viewerCount);
        }
    }

    @Override
    public void end() {
        isEnded = true;
        shard.wake();
    }

    @Override
    public int viewerCount() {
        return viewerCount;
    }
}
