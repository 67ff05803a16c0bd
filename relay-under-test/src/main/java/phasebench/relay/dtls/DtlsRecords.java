package phasebench.relay.dtls;

import java.nio.ByteBuffer;

/// The record layer of a datagram, as far as it can be read without keys (RFC 6347, section 4.1).
final class DtlsRecords {
    static final int HEADER_BYTES = 13;

    /// Where epoch and sequence number stand, together 64 bits, behind type and version.
    static final int SEQUENCE_OFFSET = 3;

    static final byte CHANGE_CIPHER_SPEC = 20;
    static final byte ALERT = 21;
    static final byte HANDSHAKE = 22;

    private static final byte APPLICATION_DATA = 23;
    private static final short VERSION_1_2 = (short) 0xfefd;

    /// Explicit nonce, tag and a byte between them (RFC 5288, section 3).
    private static final int ENCRYPTED_BYTES_MIN = 8 + 16 + 1;

    private DtlsRecords() {}

    /// How many leading bytes of `datagram` are whole records of DTLS 1.0 or 1.2.
    ///
    /// Bouncy Castle fails a session on some malformed records, such as a version of 0xFEFE or a
    /// fragment too short to be encrypted, where RFC 6347, section 4.1.2.7, says to discard them; so
    /// they never reach it.
    static int wholeBytes(byte[] datagram, int length) {
        int offset = 0;
        while (length - offset >= HEADER_BYTES && isRecord(datagram, offset) && end(datagram, offset) <= length) {
            offset = end(datagram, offset);
        }
        return offset;
    }

    /// Where the record ends whose header begins at `offset`.
    static int end(byte[] datagram, int offset) {
        return offset + HEADER_BYTES + fragmentBytes(datagram, offset);
    }

    static boolean isChangeCipherSpec(byte[] datagram, int offset) {
        return datagram[offset] == CHANGE_CIPHER_SPEC;
    }

    static boolean isPlainHandshake(byte[] datagram, int offset) {
        return datagram[offset] == HANDSHAKE && !isProtected(datagram, offset);
    }

    /// A version of 1.0 is what a ClientHello may carry.
    private static boolean isRecord(byte[] datagram, int offset) {
        int type = datagram[offset];
        int minor = datagram[offset + 2] & 0xff;
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && datagram[offset + 1] == (byte) 0xfe
                && (minor == 0xff || minor == 0xfd)
                && (!isProtected(datagram, offset) || fragmentBytes(datagram, offset) >= ENCRYPTED_BYTES_MIN);
    }

    /// Whether the epoch is another than the first.
    static boolean isProtected(byte[] datagram, int offset) {
        return datagram[offset + 3] != 0 || datagram[offset + 4] != 0;
    }

    /// Whether it is of DTLS 1.2 and epoch 1: protected by the keys of the one handshake there is.
    static boolean isOfFirstKeys(byte[] datagram, int offset) {
        ByteBuffer record = ByteBuffer.wrap(datagram);
        return record.getShort(offset + 1) == VERSION_1_2 && record.getShort(offset + SEQUENCE_OFFSET) == 1;
    }

    /// Writes the header of a record of DTLS 1.2.
    static void putHeader(byte[] out, int offset, byte type, long epochAndSequence, int fragmentBytes) {
        ByteBuffer.wrap(out)
                .position(offset)
                .put(type)
                .putShort(VERSION_1_2)
                .putLong(epochAndSequence)
                .putShort((short) fragmentBytes);
    }

    private static int fragmentBytes(byte[] datagram, int offset) {
        return (datagram[offset + 11] & 0xff) << 8 | (datagram[offset + 12] & 0xff);
    }
}
