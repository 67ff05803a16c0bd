package phasebench.relay.shard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.relay.forward.CatchUpPace;
import phasebench.relay.forward.ViewerOutput;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.UnitGate;

/// One viewer of a shard: catches up with what came before it joined, then gets each unit as it comes.
public final class ShardViewer {
    private final ShardLoop shard;
    private final LiveStream stream;
    private final ViewerOutput output;
    private final long reportIntervalNs;
    private final Runnable onStreamEnded;
    private final UnitGate gate;
    private final Deque<MediaUnit> backlog = new ArrayDeque<>();
    private @Nullable CatchUpPace pace;
    private boolean hasLeft;

    /// @param tracks indexes into the stream's tracks
    /// @param reportIntervalNs between two sender reports of a track
    public ShardViewer(
            ShardLoop shard,
            LiveStream stream,
            Set<Integer> tracks,
            ViewerOutput output,
            long reportIntervalNs,
            Runnable onStreamEnded) {
        this.shard = shard;
        this.stream = stream;
        this.output = output;
        this.reportIntervalNs = reportIntervalNs;
        this.onStreamEnded = onStreamEnded;
        this.gate = new UnitGate(tracks);
    }

    public ViewerOutput output() {
        return output;
    }

    LiveStream stream() {
        return stream;
    }

    void begin() {
        backlog.addAll(stream.backlog(gate));
        var first = backlog.peek();
        if (first != null) {
            pace = new CatchUpPace(shard.nowNs(), first.unit().arrivalNs());
            catchUp();
        }
    }

    /// Leaves the stream for good.
    public void leave() {
        if (!hasLeft) {
            hasLeft = true;
            shard.leave(this);
            backlog.forEach(MediaUnit::release);
            backlog.clear();
            output.close();
        }
    }

    void streamEnded() {
        if (backlog.isEmpty()) {
            onStreamEnded.run();
        }
    }

    /// Takes a unit that has just come. What it makes is with the kernel when the shard flushes.
    void unit(MediaUnit unit) {
        if (!gate.passes(unit)) {
            return;
        }
        if (backlog.isEmpty()) {
            forward(unit);
        } else {
            backlog.add(unit.retain());
        }
    }

    private void catchUp() {
        var speed = pace;
        while (!hasLeft && speed != null) {
            var next = backlog.peek();
            if (next == null) {
                // the stream may have ended meanwhile
                shard.wake();
                return;
            }
            long waitNs = speed.waitNs(next.unit().arrivalNs(), shard.nowNs());
            if (waitNs > 0) {
                var _ = shard.schedule(waitNs, this::catchUp);
                return;
            }
            backlog.remove();
            forward(next);
            shard.sender().flush();
            next.release();
        }
    }

    private void forward(MediaUnit unit) {
        if (output.forward(unit)) {
            shard.repeat(reportIntervalNs, () -> {
                if (!hasLeft) {
                    output.senderReport(unit.track());
                }
                return !hasLeft;
            });
        }
    }
}
