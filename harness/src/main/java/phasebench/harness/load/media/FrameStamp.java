package phasebench.harness.load.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Identity and due time of a packet, as it travels inside payloads.
///
/// Numbers are written in digits of seven bits with the top bit set. So no byte is zero, and the emulation
/// prevention of H.264 (ITU-T H.264, section 7.4.1) never has to insert one.
///
/// @param stream index of the stream in the scenario
/// @param frameIndex index on the track's frame grid
/// @param packetIndex index in the frame
/// @param dueNs when the frame was due by the generator's own clock (System.nanoTime)
public record FrameStamp(int stream, long frameIndex, int packetIndex, long dueNs) {
    /// Length of a written stamp.
    public static final int BYTES = 16 + 2 + 10 + 3 + 10;

    /// The UUID of our user_data_unregistered SEI messages; also what marks a stamp in synthetic packets.
    private static final byte[] UUID = "phasebench-frame".getBytes(StandardCharsets.US_ASCII);

    private static final int NAL_TYPE_SEI = 6;
    private static final int SEI_USER_DATA_UNREGISTERED = 5;
    private static final int SEI_HEADER_BYTES = 3;

    void write(byte[] out, int at) {
        System.arraycopy(UUID, 0, out, at, UUID.length);
        int next = digits(out, at + UUID.length, 2, stream);
        next = digits(out, next, 10, frameIndex);
        next = digits(out, next, 3, packetIndex);
        digits(out, next, 10, dueNs);
    }

    /// Writes the stamp, and fills what is behind it with what follows from stamp and seed: no byte is zero there
    /// either.
    void writeFilled(byte[] out, int at, long seed) {
        write(out, at);
        long state = seed * 31 + stream;
        state = state * 0x9e37_79b9_7f4a_7c15L + frameIndex;
        state = state * 0x9e37_79b9_7f4a_7c15L + packetIndex;
        for (int i = at + BYTES; i < out.length; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            out[i] = (byte) (0x80 | state >>> 57);
        }
    }

    /// Reads a stamp at `at`, or returns null when there is none.
    static @Nullable FrameStamp read(byte[] bytes, int at, int end) {
        if (at + BYTES > end || !Arrays.equals(bytes, at, at + UUID.length, UUID, 0, UUID.length)) {
            return null;
        }
        int next = at + UUID.length;
        return new FrameStamp(
                (int) number(bytes, next, 2),
                number(bytes, next + 2, 10),
                (int) number(bytes, next + 12, 3),
                number(bytes, next + 15, 10));
    }

    /// The stamp of a NAL unit: an SEI message of ours or a synthetic slice; null for any other.
    public static @Nullable FrameStamp ofNalUnit(byte[] bytes, int from, int end) {
        if (end - from < SyntheticSource.STAMP_AT + BYTES) {
            return null;
        }
        return (bytes[from] & 0x1f) == NAL_TYPE_SEI
                ? read(bytes, from + SEI_HEADER_BYTES, end)
                : read(bytes, from + SyntheticSource.STAMP_AT, end);
    }

    /// An SEI NAL unit with one user_data_unregistered message (ITU-T H.264, annex D.1.7).
    public byte[] toSeiNalUnit() {
        byte[] unit = new byte[SEI_HEADER_BYTES + BYTES + 1];
        unit[0] = NAL_TYPE_SEI;
        unit[1] = SEI_USER_DATA_UNREGISTERED;
        unit[2] = BYTES;
        write(unit, SEI_HEADER_BYTES);
        unit[unit.length - 1] = (byte) 0x80;
        return unit;
    }

    private static int digits(byte[] out, int at, int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            out[at + i] = (byte) (0x80 | (value & 0x7f));
            value >>>= 7;
        }
        return at + count;
    }

    private static long number(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 7 | (bytes[at + i] & 0x7f);
        }
        return value;
    }
}
