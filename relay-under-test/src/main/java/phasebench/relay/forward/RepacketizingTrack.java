package phasebench.relay.forward;

import java.util.random.RandomGenerator;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.stream.MediaUnit;

/// `copies: per-viewer`: every viewer cuts every unit anew and copies each payload behind a header, as MediaMTX does
/// (an encoder per reader, a buffer per packet).
final class RepacketizingTrack extends OutboundTrack {
    private final Packetizer packetizer;
    private final BufferPool buffers;
    private final PlainPacket plain = emptyPacket();

    RepacketizingTrack(TrackPlan plan, RandomGenerator random, BufferPool buffers, PacketSink sink) {
        super(plan, random, sink);
        this.packetizer = Packetizer.of(plan.format(), Packetizer.PAYLOAD_BYTES_MAX);
        this.buffers = buffers;
    }

    @Override
    void packets(MediaUnit unit, int from, int to, boolean isRetransmission) {
        var cut = new Cut(unit, from, to, isRetransmission);
        packetizer.packetize(unit.unit(), unit.place().inTrack(), cut);
    }

    /// Takes the payloads of one unit, in order.
    private final class Cut implements Packetizer.PayloadConsumer {
        private final MediaUnit unit;
        private final int from;
        private final int to;
        private final boolean isRetransmission;
        private int next;

        Cut(MediaUnit unit, int from, int to, boolean isRetransmission) {
            this.unit = unit;
            this.from = from;
            this.to = to;
            this.isRetransmission = isRetransmission;
        }

        @Override
        public void payload(byte[] payload, int offset, int length, boolean isLastOfUnit) {
            int index = next++;
            if (index < from || index >= to) {
                return;
            }
            var packet = buffers.take(RtpHeader.FIXED_BYTES + length);
            int sequence = writeHeader(packet.heapArray(), packet.offset(), unit, index);
            System.arraycopy(payload, offset, packet.heapArray(), packet.body().offset(), length);
            emit(plain.set(packet, packet.body(), length), sequence, isRetransmission);
            packet.release();
        }
    }
}
