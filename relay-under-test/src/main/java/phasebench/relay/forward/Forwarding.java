package phasebench.relay.forward;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.plant.Planted;
import phasebench.relay.plant.Plants;
import phasebench.relay.stream.LiveStream;

/// How packets get to viewers, as the settings `copies`, `nack` and `buffers` say; one for all viewers of a relay.
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

    /// NACKs are for video; a lost audio packet is concealed sooner than it could be sent again.
    NackAnswer nackAnswer(LiveStream stream, TrackPlan plan, ViewerOutput output) {
        return switch (nack) {
            case OFF -> NackAnswer.NONE;
            case PER_VIEWER -> plan.isVideo() ? new PrivateCopies(buffers, output::retransmission) : NackAnswer.NONE;
            case SHARED -> {
                var history = stream.history(plan.track());
                yield history == null ? NackAnswer.NONE : new SharedHistory(history, nanoTime);
            }
        };
    }
}
