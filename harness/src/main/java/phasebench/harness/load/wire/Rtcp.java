package phasebench.harness.load.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntConsumer;

/// RTCP packets that a viewer or publisher writes, and the walk over compound ones (RFC 3550, section 6).
public final class Rtcp {
    public static final int SENDER_REPORT = 200;
    public static final int RECEIVER_REPORT = 201;
    public static final int SOURCE_DESCRIPTION = 202;
    public static final int BYE = 203;

    /// Transport-layer feedback; of format 1 it is a generic NACK (RFC 4585, section 6.2.1).
    public static final int TRANSPORT_FEEDBACK = 205;

    /// Payload-specific feedback; of format 1 it is a picture loss indication (RFC 4585, section 6.3.1).
    public static final int PAYLOAD_FEEDBACK = 206;

    /// Room that every packet written here fits into.
    public static final int BYTES_MAX = 128;

    /// Sources in one receiver report: a viewer's video and its sound.
    public static final int REPORT_BLOCKS_MAX = 2;

    private static final int REPORT_BLOCK_BYTES = 24;

    /// What SRTCP adds at most: tag and index.
    private static final int OVERHEAD_BYTES_MAX = 20;

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private Rtcp() {}

    /// What a receiver report says of one source (RFC 3550, section 6.4.1).
    ///
    /// @param lost 24 bits, signed
    /// @param lastSenderReport middle 32 bits of the NTP timestamp of the last SR; 0 when none came
    /// @param sinceSenderReport in units of 1/65536 s
    public record ReportBlock(
            int ssrc,
            int fractionLost,
            int lost,
            int highestSequence,
            int jitter,
            int lastSenderReport,
            int sinceSenderReport) {}

    /// What a sender report says of its sender (RFC 3550, section 6.4.1).
    ///
    /// @param timestamp RTP timestamp of the instant of the report
    public record SenderState(int ssrc, int timestamp, int packetCount, int octetCount) {}

    /// Calls `type` with the type of each packet in a compound.
    ///
    /// @return whether the compound is well-formed
    public static boolean eachType(byte[] compound, int length, IntConsumer type) {
        int at = 0;
        while (at + 4 <= length) {
            int bytes = 4 + 4 * Bytes.getShort(compound, at + 2);
            if ((compound[at] & 0xc0) != 0x80 || at + bytes > length) {
                return false;
            }
            type.accept(compound[at + 1] & 0xff);
            at += bytes;
        }
        return at == length && length > 0;
    }

    /// Name of a packet type as in the IANA registry.
    public static String typeName(int type) {
        return switch (type) {
            case SENDER_REPORT -> "SR";
            case RECEIVER_REPORT -> "RR";
            case SOURCE_DESCRIPTION -> "SDES";
            case BYE -> "BYE";
            case 204 -> "APP";
            case TRANSPORT_FEEDBACK -> "RTPFB";
            case PAYLOAD_FEEDBACK -> "PSFB";
            case 207 -> "XR";
            default -> "type " + type;
        };
    }

    /// Writes RR and SDES.
    ///
    /// @param blocks at most [#REPORT_BLOCKS_MAX]
    /// @return bytes written
    public static int writeReceiverReport(byte[] out, int senderSsrc, List<ReportBlock> blocks, String cname) {
        int at = 8;
        for (ReportBlock block : blocks) {
            Bytes.putInt(out, at, block.ssrc());
            Bytes.putInt(out, at + 4, (block.fractionLost() & 0xff) << 24 | (block.lost() & 0xff_ffff));
            Bytes.putInt(out, at + 8, block.highestSequence());
            Bytes.putInt(out, at + 12, block.jitter());
            Bytes.putInt(out, at + 16, block.lastSenderReport());
            Bytes.putInt(out, at + 20, block.sinceSenderReport());
            at += REPORT_BLOCK_BYTES;
        }
        header(out, 0, blocks.size(), RECEIVER_REPORT, at);
        Bytes.putInt(out, 4, senderSsrc);
        return at + writeDescription(out, at, senderSsrc, cname);
    }

    /// Writes SR (without report blocks) and SDES.
    ///
    /// @param unixNs time since 1970
    /// @return bytes written
    public static int writeSenderReport(byte[] out, int at, long unixNs, SenderState sender) {
        header(out, at, 0, SENDER_REPORT, 28);
        Bytes.putInt(out, at + 4, sender.ssrc());
        Bytes.putInt(out, at + 8, (int) (unixNs / 1_000_000_000 + SECONDS_1900_TO_1970));
        Bytes.putInt(out, at + 12, (int) (((unixNs % 1_000_000_000) << 32) / 1_000_000_000));
        Bytes.putInt(out, at + 16, sender.timestamp());
        Bytes.putInt(out, at + 20, sender.packetCount());
        Bytes.putInt(out, at + 24, sender.octetCount());
        return 28 + writeDescription(out, at + 28, sender.ssrc(), "phasebench");
    }

    /// Writes a generic NACK; alone, as reduced-size RTCP allows (RFC 5506).
    ///
    /// @param sequences extended sequence numbers in ascending order
    /// @param from of these, the first that is asked for
    /// @return bytes written in the lower half, in the upper half the index behind the last sequence that had room
    public static long writeNack(byte[] out, int senderSsrc, int mediaSsrc, int[] sequences, int from, int end) {
        int at = 12;
        int next = from;
        while (next < end && at + 4 + OVERHEAD_BYTES_MAX <= out.length) {
            int first = sequences[next++];
            int following = 0;
            while (next < end && sequences[next] - first <= 16) {
                following |= 1 << (sequences[next++] - first - 1);
            }
            Bytes.putShort(out, at, first);
            Bytes.putShort(out, at + 2, following);
            at += 4;
        }
        header(out, 0, 1, TRANSPORT_FEEDBACK, at);
        Bytes.putInt(out, 4, senderSsrc);
        Bytes.putInt(out, 8, mediaSsrc);
        return (long) next << 32 | at;
    }

    /// Writes a picture loss indication, alone.
    ///
    /// @return bytes written
    public static int writePictureLoss(byte[] out, int senderSsrc, int mediaSsrc) {
        header(out, 0, 1, PAYLOAD_FEEDBACK, 12);
        Bytes.putInt(out, 4, senderSsrc);
        Bytes.putInt(out, 8, mediaSsrc);
        return 12;
    }

    private static int writeDescription(byte[] out, int at, int ssrc, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.US_ASCII);
        int bytes = (8 + 2 + name.length + 1 + 3) / 4 * 4;
        header(out, at, 1, SOURCE_DESCRIPTION, bytes);
        Bytes.putInt(out, at + 4, ssrc);
        out[at + 8] = 1; // CNAME
        out[at + 9] = (byte) name.length;
        System.arraycopy(name, 0, out, at + 10, name.length);
        for (int i = at + 10 + name.length; i < at + bytes; i++) {
            out[i] = 0;
        }
        return bytes;
    }

    private static void header(byte[] out, int at, int count, int type, int bytes) {
        out[at] = (byte) (0x80 | count);
        out[at + 1] = (byte) type;
        Bytes.putShort(out, at + 2, bytes / 4 - 1);
    }
}
