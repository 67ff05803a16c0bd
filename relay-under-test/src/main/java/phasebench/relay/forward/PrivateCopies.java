package phasebench.relay.forward;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// `nack: per-viewer`: a ring of 1024 private copies of one viewer's packets, each in a buffer of 1460
/// bytes, as Pion's NACK responder keeps them (interceptor v0.1.42, `responder_interceptor.go`). It answers
/// every NACK.
///
/// What it holds when full, `derivedBytes` tells, and LiveHeapIT measures.
final class PrivateCopies implements NackAnswer {
    static final int PACKET_COUNT = 1024;

    /// The largest payload of a Pion ring's entry.
    static final int BUFFER_BYTES = 1460;

    /// With the 4-byte references of a heap below 32 GB, as HotSpot of JDK 25 lays objects out by default.
    private static final int ARRAY_HEADER_BYTES = 16;

    private static final int REFERENCE_BYTES = 4;

    /// A header of 12 bytes and eight fields of 4, padded to 8.
    private static final int PACKET_BUFFER_BYTES = 48;

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

    /// Heap of a full ring: 1024 times an array and its PacketBuffer, and what finds them. Fresh arrays
    /// have 1460 bytes, which makes 1.6 MB; pooled ones are larger.
    static long derivedBytes(BufferPool buffers) {
        var sample = buffers.take(BUFFER_BYTES);
        long copyBytes = arrayBytes(sample.size(), Byte.BYTES) + PACKET_BUFFER_BYTES;
        sample.release();
        return PACKET_COUNT * copyBytes
                + arrayBytes(PACKET_COUNT, REFERENCE_BYTES)
                + arrayBytes(PACKET_COUNT, Short.BYTES)
                + arrayBytes(PACKET_COUNT, Integer.BYTES);
    }

    private static long arrayBytes(int length, int elementBytes) {
        return (ARRAY_HEADER_BYTES + (long) length * elementBytes + 7) / 8 * 8;
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
