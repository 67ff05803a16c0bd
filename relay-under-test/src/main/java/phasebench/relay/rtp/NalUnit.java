package phasebench.relay.rtp;

/// Numbers of H.264 NAL unit types (H.264, table 7-1) and of the payload structures of RFC 6184, table 1.
final class NalUnit {
    static final int SLICE = 1;
    static final int PARTITION_A = 2;
    static final int IDR_SLICE = 5;
    static final int SEI = 6;
    static final int SEQUENCE_PARAMETER_SET = 7;
    static final int PICTURE_PARAMETER_SET = 8;
    static final int ACCESS_UNIT_DELIMITER = 9;
    /// The last type that is a NAL unit by itself; what follows is RFC 6184's.
    static final int LAST_SINGLE = 23;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private NalUnit() {}

    static int type(byte header) {
        return header & 0x1f;
    }

    static int type(byte[] nal) {
        return type(nal[0]);
    }

    static boolean isParameterSet(byte header) {
        int type = type(header);
        return type == SEQUENCE_PARAMETER_SET || type == PICTURE_PARAMETER_SET;
    }

    /// Whether a NAL unit stands in front of or is the first slice of a picture (H.264, section 7.4.1.2.3),
    /// judged by its type and the first bit of its slice header: first_mb_in_slice is 0 exactly if that bit
    /// is 1.
    static boolean beginsPicture(int type, int secondByte) {
        return switch (type) {
            case SLICE, PARTITION_A, IDR_SLICE -> (secondByte & 0x80) != 0;
            case SEI, SEQUENCE_PARAMETER_SET, PICTURE_PARAMETER_SET, ACCESS_UNIT_DELIMITER -> true;
            default -> false;
        };
    }
}
