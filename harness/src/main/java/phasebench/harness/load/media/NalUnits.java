package phasebench.harness.load.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds NAL units in byte streams (ITU-T H.264, annex B) and in RTP payloads (RFC 6184).
public final class NalUnits {
    private static final int TYPE_SEQUENCE_PARAMETERS = 7;
    private static final int TYPE_PICTURE_PARAMETERS = 8;
    private static final int STAP_A = 24;
    private static final int TYPE_MAX_SINGLE = 23;

    private NalUnits() {}

    /// Takes the NAL unit in `bytes[from, end)`; returns false to stop.
    @FunctionalInterface
    public interface Consumer {
        boolean accept(byte[] bytes, int from, int end);
    }

    /// Whether the NAL unit at `at` is a sequence or picture parameter set, which a relay may repeat at will.
    public static boolean isParameterSet(byte[] unit, int at) {
        return type(unit, at) == TYPE_SEQUENCE_PARAMETERS || type(unit, at) == TYPE_PICTURE_PARAMETERS;
    }

    static int type(byte[] unit, int at) {
        return unit[at] & 0x1f;
    }

    /// Calls `consumer` for each whole NAL unit in an RTP payload: one, or those of a STAP-A (RFC 6184, sections 5.6
    /// and 5.7.1).
    ///
    /// @return whether the payload was well-formed, free of fragments, and `consumer` took each unit
    public static boolean eachInPayload(byte[] packet, int from, int end, Consumer consumer) {
        if (from >= end) {
            return false;
        }
        int type = type(packet, from);
        if (type >= 1 && type <= TYPE_MAX_SINGLE) {
            return consumer.accept(packet, from, end);
        }
        if (type != STAP_A) {
            return false;
        }
        int at = from + 1;
        while (at + 2 < end) {
            int unitEnd = at + 2 + ((packet[at] & 0xff) << 8 | (packet[at + 1] & 0xff));
            if (unitEnd > end || unitEnd == at + 2 || !consumer.accept(packet, at + 2, unitEnd)) {
                return false;
            }
            at = unitEnd;
        }
        return at == end;
    }

    /// NAL units of a byte stream, without start codes and trailing zero bytes.
    static List<byte[]> splitAnnexB(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int from = startCodeEnd(stream, 0);
        while (from >= 0) {
            int next = startCodeEnd(stream, from);
            int end = next < 0 ? stream.length : next - 3;
            while (end > from && stream[end - 1] == 0) {
                end--;
            }
            if (end > from) {
                units.add(Arrays.copyOfRange(stream, from, end));
            }
            from = next;
        }
        return units;
    }

    /// Offset behind the next 00 00 01 at or after `from`, or -1.
    private static int startCodeEnd(byte[] stream, int from) {
        for (int i = from; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i + 3;
            }
        }
        return -1;
    }
}
