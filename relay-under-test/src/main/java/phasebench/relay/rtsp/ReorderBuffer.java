package phasebench.relay.rtsp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.IngestDrop;

/// Puts the packets of one RTP source back in order of sequence, holding back at most 64 of them.
///
/// A gap is given up when a packet 64 places on arrives, or 100 ms after the first packet was held back; both
/// are looked at only when a packet arrives. A source that jumps by more than 3,000 numbers (RFC 3550,
/// appendix A.1: MAX_DROPOUT) has begun anew.
final class ReorderBuffer {
    private static final int PACKETS_MAX = 64;
    private static final long WAIT_NS = 100_000_000;
    private static final int JUMP_MAX = 3000;

    private final @Nullable Held[] held = new Held[PACKETS_MAX];
    private final Sink sink;
    private int heldCount;
    private int expected = -1;

    ReorderBuffer(Sink sink) {
        this.sink = sink;
    }

    /// Takes a packet; those whose turn it is leave before this returns.
    void push(int sequence, byte[] packet, int length, long arrivalNs) {
        if (expected < 0) {
            expected = sequence;
        }
        int ahead = (short) (sequence - expected);
        if (Math.abs(ahead) > JUMP_MAX) {
            clear();
            expected = sequence;
            ahead = 0;
        }
        while (ahead >= PACKETS_MAX) {
            release();
            ahead--;
        }
        if (ahead == 0) {
            sink.packet(packet, length, arrivalNs);
            expected = (expected + 1) & 0xffff;
        } else if (ahead < 0 || held[sequence % PACKETS_MAX] != null) {
            sink.dropped(IngestDrop.LATE_OR_DUPLICATE);
        } else {
            held[sequence % PACKETS_MAX] = new Held(Arrays.copyOf(packet, length), arrivalNs);
            heldCount++;
        }
        releaseInOrder();
        if (heldCount > 0 && arrivalNs - oldestArrivalNs() > WAIT_NS) {
            while (held[expected % PACKETS_MAX] == null) {
                expected = (expected + 1) & 0xffff;
            }
            releaseInOrder();
        }
    }

    /// Lets go of everything held back, in order.
    void clear() {
        while (heldCount > 0) {
            release();
        }
        expected = -1;
    }

    private void releaseInOrder() {
        while (heldCount > 0 && held[expected % PACKETS_MAX] != null) {
            release();
        }
    }

    private void release() {
        Held next = held[expected % PACKETS_MAX];
        if (next != null) {
            held[expected % PACKETS_MAX] = null;
            heldCount--;
            sink.packet(next.packet, next.packet.length, next.arrivalNs);
        }
        expected = (expected + 1) & 0xffff;
    }

    private long oldestArrivalNs() {
        long oldest = Long.MAX_VALUE;
        for (Held packet : held) {
            if (packet != null) {
                oldest = Math.min(oldest, packet.arrivalNs);
            }
        }
        return oldest;
    }

    /// Takes packets in order; a missing one shows as a gap in their sequence.
    interface Sink {
        void packet(byte[] packet, int length, long arrivalNs);

        void dropped(IngestDrop reason);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(byte[] packet, long arrivalNs) {}
}
