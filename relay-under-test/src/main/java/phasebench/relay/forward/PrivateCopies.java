package phasebench.relay.forward;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// `nack: per-viewer`: a ring of 1024 private copies of one viewer's packets, each in a buffer of 1460 bytes, as Pion's
/// NACK responder keeps them (interceptor v0.1.42, `responder_interceptor.go`). It answers every NACK.
///
/// When full it holds 1024 x (an array of 1460 bytes and its object header of 16, padded to 1480, and a PacketBuffer of
/// 48 with its body view of 32) = 1.6 MB.
final class PrivateCopies implements NackAnswer {
    static final int PACKET_COUNT = 1024;

    /// The largest payload of a Pion ring's entry.
    static final int BUFFER_BYTES = 1460;

    private final BufferPool buffers;
    private final Consumer<PlainPacket> resender;
    private final @Nullable PacketBuffer[] copies = new PacketBuffer[PACKET_COUNT];
    private final short[] sequences = new short[PACKET_COUNT];
    private final int[] lengths = new int[PACKET_COUNT];

    /// @param resender protects and sends a packet again
    PrivateCopies(BufferPool buffers, Consumer<PlainPacket> resender) {
        this.buffers = buffers;
        this.resender = resender;
    }

    @Override
    public void sent(PlainPacket packet, int sequence) {
        int slot = sequence % PACKET_COUNT;
        var old = copies[slot];
        if (old != null) {
            old.release();
        }
        var copy = buffers.take(Math.max(BUFFER_BYTES, packet.length()));
        var header = packet.header();
        var payload = packet.payload();
        byte[] to = copy.heapArray();
        System.arraycopy(header.heapArray(), header.offset(), to, copy.offset(), packet.headerBytes());
        System.arraycopy(
                payload.heapArray(), payload.offset(), to, copy.offset() + packet.headerBytes(), packet.payloadBytes());
        copies[slot] = copy;
        sequences[slot] = (short) sequence;
        lengths[slot] = packet.length();
    }

    @Override
    public boolean resend(OutboundTrack track, int sequence) {
        int slot = sequence % PACKET_COUNT;
        var copy = copies[slot];
        if (copy == null || sequences[slot] != (short) sequence) {
            return false;
        }
        resender.accept(
                new PlainPacket(copy, RtpHeader.FIXED_BYTES, copy.body(), lengths[slot] - RtpHeader.FIXED_BYTES));
        return true;
    }

    @Override
    public void close() {
        for (int i = 0; i < copies.length; i++) {
            var copy = copies[i];
            copies[i] = null;
            if (copy != null) {
                copy.release();
            }
        }
    }
}
