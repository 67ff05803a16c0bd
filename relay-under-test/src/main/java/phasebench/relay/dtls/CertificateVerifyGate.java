package phasebench.relay.dtls;

/// Keeps a client's ChangeCipherSpec from Bouncy Castle's server until its CertificateVerify went
/// through.
///
/// Bouncy Castle 1.84 changes to the next epoch with ChangeCipherSpec as soon as it has the client's
/// key, and from then on drops epoch 0. A CertificateVerify that was lost or overtaken could then never
/// be sent again, and one lost datagram in this place would fail the handshake. Without the
/// ChangeCipherSpec, the client repeats its flight.
final class CertificateVerifyGate {
    private static final int MESSAGE_HEADER_BYTES = 12;
    private static final int CERTIFICATE_VERIFY = 15;

    private boolean isOpen;

    /// How many leading bytes of a datagram of whole records may pass.
    int admittedBytes(byte[] records) {
        int offset = 0;
        while (offset < records.length) {
            int end = DtlsRecords.end(records, offset);
            if (DtlsRecords.isChangeCipherSpec(records, offset) && !isOpen) {
                return offset;
            }
            if (DtlsRecords.isPlainHandshake(records, offset)) {
                isOpen |= endsCertificateVerify(records, offset + DtlsRecords.HEADER_BYTES, end);
            }
            offset = end;
        }
        return offset;
    }

    /// Whether one of the messages in a record is a CertificateVerify or its last fragment (RFC 6347,
    /// section 4.2.2).
    private static boolean endsCertificateVerify(byte[] records, int begin, int end) {
        int message = begin;
        while (end - message >= MESSAGE_HEADER_BYTES) {
            int messageBytes = uint24(records, message + 1);
            int fragmentOffset = uint24(records, message + 6);
            int fragmentBytes = uint24(records, message + 9);
            if (records[message] == CERTIFICATE_VERIFY && fragmentOffset + fragmentBytes == messageBytes) {
                return true;
            }
            message += MESSAGE_HEADER_BYTES + fragmentBytes;
        }
        return false;
    }

    private static int uint24(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 16 | (bytes[offset + 1] & 0xff) << 8 | (bytes[offset + 2] & 0xff);
    }
}
