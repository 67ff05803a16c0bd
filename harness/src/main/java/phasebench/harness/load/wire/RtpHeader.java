package phasebench.harness.load.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Views of an RTP header in a byte array or in native memory (RFC 3550, section 5.1).
public final class RtpHeader {
    /// Length without CSRCs and extension.
    public static final int FIXED_BYTES = 12;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private RtpHeader() {}

    /// Length of the header with CSRCs and extension, or -1 when the packet is too short for it or not RTP version 2.
    public static int headerBytes(byte[] packet, int length) {
        if (length < FIXED_BYTES || (packet[0] & 0xc0) != 0x80) {
            return -1;
        }
        int bytes = FIXED_BYTES + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            if (length < bytes + 4) {
                return -1;
            }
            bytes += 4 + 4 * Bytes.getShort(packet, bytes + 2);
        }
        return bytes <= length ? bytes : -1;
    }

    /// The same for a packet in native memory.
    public static int headerBytes(MemorySegment memory, long at, int length) {
        int first = length < FIXED_BYTES ? 0 : memory.get(JAVA_BYTE, at);
        if ((first & 0xc0) != 0x80) {
            return -1;
        }
        int bytes = FIXED_BYTES + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (length < bytes + 4) {
                return -1;
            }
            bytes += 4 + 4 * (memory.get(SHORT, at + bytes + 2) & 0xffff);
        }
        return bytes <= length ? bytes : -1;
    }

    /// The first word: marker in bit 23, payload type below it, sequence number in the lower half.
    public static int firstWord(MemorySegment memory, long at) {
        return memory.get(INT, at);
    }

    public static int timestamp(MemorySegment memory, long at) {
        return memory.get(INT, at + 4);
    }

    public static int ssrc(MemorySegment memory, long at) {
        return memory.get(INT, at + 8);
    }

    public static boolean marker(byte[] packet) {
        return packet[1] < 0;
    }

    public static int payloadType(byte[] packet) {
        return packet[1] & 0x7f;
    }

    public static int sequence(byte[] packet) {
        return Bytes.getShort(packet, 2);
    }

    public static int timestamp(byte[] packet) {
        return Bytes.getInt(packet, 4);
    }

    public static int ssrc(byte[] packet) {
        return Bytes.getInt(packet, 8);
    }

    /// Writes a header without CSRCs and extension.
    ///
    /// @param markerAndType marker in bit 7, payload type below
    public static void write(byte[] packet, int at, int markerAndType, int sequence, int timestamp, int ssrc) {
        packet[at] = (byte) 0x80;
        packet[at + 1] = (byte) markerAndType;
        Bytes.putShort(packet, at + 2, sequence);
        Bytes.putInt(packet, at + 4, timestamp);
        Bytes.putInt(packet, at + 8, ssrc);
    }
}
