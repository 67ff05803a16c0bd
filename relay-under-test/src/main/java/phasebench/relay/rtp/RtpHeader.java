package phasebench.relay.rtp;

/// The RTP header (RFC 3550, section 5.1) as a view of the first bytes of a packet.
///
/// The accessors expect at least `FIXED_BYTES` bytes; `headerLength` is the check that comes before
/// them.
public final class RtpHeader {
    /// Size without contributing sources and extension.
    public static final int FIXED_BYTES = 12;

    private RtpHeader() {}

    /// Size of the whole header, contributing sources and extension included, or -1 if `packet` is not
    /// RTP version 2 or ends before its header does.
    public static int headerLength(byte[] packet, int length) {
        if (length < FIXED_BYTES || version(packet) != 2) {
            return -1;
        }
        int headerBytes = FIXED_BYTES + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            if (length < headerBytes + 4) {
                return -1;
            }
            headerBytes += 4 + 4 * uint16(packet, headerBytes + 2);
        }
        return headerBytes <= length ? headerBytes : -1;
    }

    /// Size of the payload without padding, or -1 if header or padding do not fit into `length`.
    public static int payloadLength(byte[] packet, int length) {
        int headerBytes = headerLength(packet, length);
        if (headerBytes < 0) {
            return -1;
        }
        int payloadBytes = length - headerBytes;
        if ((packet[0] & 0x20) == 0) {
            return payloadBytes;
        }
        int paddingBytes = payloadBytes == 0 ? 0 : packet[length - 1] & 0xff;
        return paddingBytes == 0 || paddingBytes > payloadBytes ? -1 : payloadBytes - paddingBytes;
    }

    public static int version(byte[] packet) {
        return (packet[0] & 0xff) >>> 6;
    }

    public static boolean marker(byte[] packet) {
        return (packet[1] & 0x80) != 0;
    }

    public static int payloadType(byte[] packet) {
        return packet[1] & 0x7f;
    }

    public static int sequence(byte[] packet) {
        return uint16(packet, 2);
    }

    /// Unsigned 32 bits.
    public static long timestamp(byte[] packet) {
        return uint32(packet, 4);
    }

    /// Unsigned 32 bits.
    public static long ssrc(byte[] packet) {
        return uint32(packet, 8);
    }

    /// Writes a header of `FIXED_BYTES` bytes: no padding, no extension, no contributing sources.
    ///
    /// @param sequence its low 16 bits count
    /// @param timestamp its low 32 bits count
    /// @param ssrc its low 32 bits count
    public static void write(
            byte[] out, int offset, boolean marker, int payloadType, int sequence, long timestamp, long ssrc) {
        out[offset] = (byte) 0x80;
        out[offset + 1] = (byte) ((marker ? 0x80 : 0) | (payloadType & 0x7f));
        out[offset + 2] = (byte) (sequence >>> 8);
        out[offset + 3] = (byte) sequence;
        putUint32(out, offset + 4, timestamp);
        putUint32(out, offset + 8, ssrc);
    }

    private static int uint16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    }

    private static long uint32(byte[] bytes, int offset) {
        return (long) uint16(bytes, offset) << 16 | uint16(bytes, offset + 2);
    }

    private static void putUint32(byte[] out, int offset, long value) {
        out[offset] = (byte) (value >>> 24);
        out[offset + 1] = (byte) (value >>> 16);
        out[offset + 2] = (byte) (value >>> 8);
        out[offset + 3] = (byte) value;
    }
}
