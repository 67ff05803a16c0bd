package phasebench.relay.dtls;

/// The record layer of a datagram, as far as it can be checked without keys (RFC 6347, section 4.1).
final class DtlsRecords {
    private static final int HEADER_BYTES = 13;

    private DtlsRecords() {}

    /// How many leading bytes of `datagram` are whole records of DTLS 1.0 or 1.2.
    ///
    /// Bouncy Castle fails a session on some malformed headers, such as a version of 0xFEFE, where RFC
    /// 6347, section 4.1.2.7, says to discard them; so they never reach it.
    static int wholeBytes(byte[] datagram, int length) {
        int offset = 0;
        while (length - offset >= HEADER_BYTES && isHeader(datagram, offset)) {
            int fragmentBytes = (datagram[offset + 11] & 0xff) << 8 | (datagram[offset + 12] & 0xff);
            if (fragmentBytes > length - offset - HEADER_BYTES) {
                break;
            }
            offset += HEADER_BYTES + fragmentBytes;
        }
        return offset;
    }

    /// Types 20 to 23; version 1.2, or 1.0, which a ClientHello may carry.
    private static boolean isHeader(byte[] datagram, int offset) {
        int type = datagram[offset];
        int minor = datagram[offset + 2] & 0xff;
        return type >= 20 && type <= 23 && datagram[offset + 1] == (byte) 0xfe && (minor == 0xff || minor == 0xfd);
    }
}
