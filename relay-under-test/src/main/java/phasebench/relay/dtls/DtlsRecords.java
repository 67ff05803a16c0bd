package phasebench.relay.dtls;

/// The record layer of a datagram, as far as it can be read without keys (RFC 6347, section 4.1).
final class DtlsRecords {
    static final int HEADER_BYTES = 13;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

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
        return datagram[offset] == HANDSHAKE && !isEncrypted(datagram, offset);
    }

    /// A version of 1.0 is what a ClientHello may carry.
    private static boolean isRecord(byte[] datagram, int offset) {
        int type = datagram[offset];
        int minor = datagram[offset + 2] & 0xff;
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && datagram[offset + 1] == (byte) 0xfe
                && (minor == 0xff || minor == 0xfd)
                && (!isEncrypted(datagram, offset) || fragmentBytes(datagram, offset) >= ENCRYPTED_BYTES_MIN);
    }

    /// Whether the epoch is another than the first.
    private static boolean isEncrypted(byte[] datagram, int offset) {
        return datagram[offset + 3] != 0 || datagram[offset + 4] != 0;
    }

    private static int fragmentBytes(byte[] datagram, int offset) {
        return (datagram[offset + 11] & 0xff) << 8 | (datagram[offset + 12] & 0xff);
    }
}
