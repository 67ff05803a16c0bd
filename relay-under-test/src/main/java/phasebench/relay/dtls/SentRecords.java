package phasebench.relay.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a handshake has sent, as far as it matters once Bouncy Castle is gone: which sequence numbers are
/// used, and our Finished. One thread.
final class SentRecords {
    private static final byte[] NONE = {};

    private long nextPlain;
    private long nextProtected = 1L << 48;
    private byte[] finished = NONE;

    /// Learns of a datagram of whole records.
    void sent(byte[] buffer, int begin, int length) {
        byte[] datagram = Arrays.copyOfRange(buffer, begin, begin + length);
        int offset = 0;
        while (offset < datagram.length) {
            int end = DtlsRecords.end(datagram, offset);
            long next = ByteBuffer.wrap(datagram).getLong(offset + DtlsRecords.SEQUENCE_OFFSET) + 1;
            if (!DtlsRecords.isProtected(datagram, offset)) {
                nextPlain = Math.max(nextPlain, next);
            } else {
                nextProtected = Math.max(nextProtected, next);
                if (datagram[offset] == DtlsRecords.HANDSHAKE) {
                    finished = Arrays.copyOfRange(datagram, offset, end);
                }
            }
            offset = end;
        }
    }

    /// Of epoch 0.
    long nextPlain() {
        return nextPlain;
    }

    /// With the epoch, which is 1, in the upper 16 bits.
    long nextProtected() {
        return nextProtected;
    }

    /// The record; empty if there was none.
    byte[] finished() {
        return finished;
    }
}
