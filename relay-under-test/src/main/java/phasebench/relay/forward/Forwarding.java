package phasebench.relay.forward;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.plant.Planted;
import phasebench.relay.plant.Plants;
import phasebench.relay.stream.LiveStream;

/// How packets get to viewers, as the settings `copies`, `nack` and `buffers` say; one for all viewers of a
/// relay.
///
/// @param isShared `copies: shared`
/// @param nanoTime as System.nanoTime
/// @param planted changes on purpose, none in a relay that is meant well
public record Forwarding(
        boolean isShared,
        NackMode nack,
        BufferPool buffers,
        RelayMetrics metrics,
        LongSupplier nanoTime,
        Planted planted) {
    /// In a relay that is meant well.
    public Forwarding(
            boolean isShared, NackMode nack, BufferPool buffers, RelayMetrics metrics, LongSupplier nanoTime) {
        this(isShared, nack, buffers, metrics, nanoTime, Plants.NONE.plant(metrics, ThreadStarter.platform()));
    }

    OutboundTrack track(TrackPlan plan, RandomGenerator random, OutboundTrack.PacketSink sink) {
        return isShared ? new SharingTrack(plan, random, sink) : new RepacketizingTrack(plan, random, buffers, sink);
    }

    /// Heap of one viewer's video track under `nack: per-viewer` once it has sent 1024 packets, derived
    /// from the parts of the ring; 0 for the other settings.
    public long nackRingBytes() {
        return nack == NackMode.PER_VIEWER ? PrivateCopies.derivedBytes(buffers) : 0;
    }

    NackAnswer nackAnswer(LiveStream stream, TrackPlan plan, ViewerOutput output) {
        if (!plan.mayAskAgain()) {
            return NackAnswer.NONE;
        }
        return switch (nack) {
            case OFF -> NackAnswer.NONE;
            case PER_VIEWER -> new PrivateCopies(buffers, output::retransmission);
            case SHARED -> {
                var history = stream.history(plan.track());
                yield history == null ? NackAnswer.NONE : new SharedHistory(history, nanoTime);
            }
        };
    }
}
