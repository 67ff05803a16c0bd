package phasebench.relay.forward;

import java.util.random.RandomGenerator;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.stream.MediaUnit;

/// `copies: shared`: the stream has cut the unit once; a viewer writes its own headers, and the payload goes from the
/// shared packet through the cipher into the send buffer.
final class SharingTrack extends OutboundTrack {
    private final PlainPacket plain = emptyPacket();

    SharingTrack(TrackPlan plan, RandomGenerator random, PacketSink sink) {
        super(plan, random, sink);
    }

    @Override
    void packets(MediaUnit unit, int from, int to, boolean isRetransmission) {
        var packets = unit.packets();
        var header = plain.header();
        for (int i = from; i < to; i++) {
            int sequence = writeHeader(header.heapArray(), header.offset(), unit, i);
            emit(plain.set(header, packets.payload(i), packets.payloadBytes(i)), sequence, isRetransmission);
        }
    }
}
