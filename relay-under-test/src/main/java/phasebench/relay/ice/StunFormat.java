package phasebench.relay.ice;

/// Numbers of STUN's wire format (RFC 8489, section 5 and 14; RFC 8445, section 16.1).
final class StunFormat {
    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112_a442;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000a;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;

    /// From this type on, attributes may be ignored.
    static final int COMPREHENSION_OPTIONAL = 0x8000;

    /// "STUN", which tells the CRC from one of another protocol.
    static final int FINGERPRINT_XOR = 0x5354_554e;

    static final int FINGERPRINT_BYTES = 4;
    static final int INTEGRITY_BYTES = 20;
    static final int ATTRIBUTE_HEADER_BYTES = 4;

    private StunFormat() {}

    /// Rounds up to the four-byte boundary that attributes are padded to.
    static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }

    static int uint16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    }

    static int int32(byte[] bytes, int offset) {
        return uint16(bytes, offset) << 16 | uint16(bytes, offset + 2);
    }

    static void putUint16(byte[] out, int offset, int value) {
        out[offset] = (byte) (value >>> 8);
        out[offset + 1] = (byte) value;
    }

    static void putInt32(byte[] out, int offset, int value) {
        putUint16(out, offset, value >>> 16);
        putUint16(out, offset + 2, value);
    }
}
