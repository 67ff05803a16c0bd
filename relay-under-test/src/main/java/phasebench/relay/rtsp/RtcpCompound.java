package phasebench.relay.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What RTSP ingest reads from and writes into compound RTCP packets (RFC 3550, section 6).
final class RtcpCompound {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int SENDER_REPORT_BYTES = 28;
    private static final byte[] CNAME = "phasebench".getBytes(StandardCharsets.US_ASCII);

    private RtcpCompound() {}

    /// Whether RTCP version 2 packets fill `length` exactly (appendix A.2), each as long as its kind demands.
    static boolean isWellFormed(byte[] packet, int length) {
        int at = 0;
        while (at + 4 <= length) {
            boolean isVersion2 = (packet[at] & 0xc0) == 0x80;
            int packetBytes = packetLength(packet, at);
            boolean isWhole = at + packetBytes <= length
                    && (packetType(packet, at) != SENDER_REPORT || packetBytes >= SENDER_REPORT_BYTES);
            if (!isVersion2 || !isWhole) {
                return false;
            }
            at += packetBytes;
        }
        return at == length && length > 0;
    }

    static int packetLength(byte[] packet, int at) {
        return 4 * (((packet[at + 2] & 0xff) << 8 | (packet[at + 3] & 0xff)) + 1);
    }

    static String type(byte[] packet, int at) {
        return switch (packetType(packet, at)) {
            case SENDER_REPORT -> "SR";
            case RECEIVER_REPORT -> "RR";
            case SOURCE_DESCRIPTION -> "SDES";
            case 203 -> "BYE";
            case 204 -> "APP";
            default -> "other";
        };
    }

    static boolean isSenderReport(byte[] packet, int at) {
        return packetType(packet, at) == SENDER_REPORT;
    }

    static long senderReportNtp(byte[] packet, int at) {
        return ByteBuffer.wrap(packet).getLong(at + 8);
    }

    static long senderReportRtp(byte[] packet, int at) {
        return ByteBuffer.wrap(packet).getInt(at + 16) & 0xffff_ffffL;
    }

    /// A receiver report with one block, and the SDES CNAME that must go with it.
    static byte[] receiverReport(long reporterSsrc, ReceptionStatistics source, long nowNs) {
        byte[] out = new byte[64];
        ByteBuffer buffer = ByteBuffer.wrap(out);
        buffer.put((byte) 0x81).put((byte) RECEIVER_REPORT).putShort((short) 7).putInt((int) reporterSsrc);
        buffer.position(8 + source.writeBlock(out, 8, nowNs));
        int itemBytes = 2 + CNAME.length;
        int chunkWords = 1 + itemBytes / 4 + 1;
        buffer.put((byte) 0x81).put((byte) SOURCE_DESCRIPTION).putShort((short) chunkWords);
        int chunk = buffer.position();
        buffer.putInt((int) reporterSsrc).put((byte) 1).put((byte) CNAME.length).put(CNAME);
        return Arrays.copyOf(out, chunk + 4 * chunkWords);
    }

    private static int packetType(byte[] packet, int at) {
        return packet[at + 1] & 0xff;
    }
}
