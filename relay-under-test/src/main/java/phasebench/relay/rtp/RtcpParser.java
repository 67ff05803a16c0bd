package phasebench.relay.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.RtcpPacket.Bye;
import phasebench.relay.rtp.RtcpPacket.FullIntraRequest;
import phasebench.relay.rtp.RtcpPacket.GenericNack;
import phasebench.relay.rtp.RtcpPacket.Other;
import phasebench.relay.rtp.RtcpPacket.PictureLossIndication;
import phasebench.relay.rtp.RtcpPacket.ReceiverReport;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;

/// Reads one compound packet; every read is checked against the end of the packet it belongs to.
final class RtcpParser {
    private final byte[] bytes;
    private final int length;

    RtcpParser(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /// All packets, or none if one is malformed (RFC 3550, appendix A.2).
    List<RtcpPacket> parse() {
        List<RtcpPacket> packets = new ArrayList<>(2);
        int offset = 0;
        while (offset < length) {
            if (length - offset < RtcpFormat.HEADER_BYTES || (bytes[offset] & 0xc0) != 0x80) {
                return List.of();
            }
            int next = offset + 4 + 4 * uint16(offset + 2);
            int end = next > length ? -1 : contentEnd(offset, next);
            RtcpPacket packet = end < 0 ? null : packet(offset, end);
            if (packet == null) {
                return List.of();
            }
            packets.add(packet);
            offset = next;
        }
        return packets;
    }

    /// Where the packet ends without its padding, or -1 if that is malformed; only the last one may
    /// have some.
    private int contentEnd(int offset, int next) {
        if ((bytes[offset] & 0x20) == 0) {
            return next;
        }
        int paddingBytes = bytes[next - 1] & 0xff;
        boolean isValid = next == length
                && paddingBytes > 0
                && paddingBytes % 4 == 0
                && paddingBytes <= next - offset - RtcpFormat.HEADER_BYTES;
        return isValid ? next - paddingBytes : -1;
    }

    private @Nullable RtcpPacket packet(int offset, int end) {
        int count = bytes[offset] & 0x1f;
        int packetType = bytes[offset + 1] & 0xff;
        int body = offset + RtcpFormat.HEADER_BYTES;
        return switch (packetType) {
            case RtcpFormat.SENDER_REPORT -> senderReport(count, body, end);
            case RtcpFormat.RECEIVER_REPORT -> receiverReport(count, body, end);
            case RtcpFormat.SOURCE_DESCRIPTION -> sourceDescription(count, body, end);
            case RtcpFormat.BYE -> bye(count, body, end);
            case RtcpFormat.TRANSPORT_FEEDBACK, RtcpFormat.PAYLOAD_FEEDBACK -> feedback(packetType, count, body, end);
            default -> new Other(packetType, count);
        };
    }

    private @Nullable RtcpPacket senderReport(int count, int body, int end) {
        int blocks = body + RtcpFormat.SENDER_INFO_BYTES;
        if (end - blocks < count * RtcpFormat.REPORT_BLOCK_BYTES) {
            return null;
        }
        return new SenderReport(
                uint32(body),
                (uint32(body + 4) << 32) | uint32(body + 8),
                uint32(body + 12),
                uint32(body + 16),
                uint32(body + 20),
                reportBlocks(count, blocks));
    }

    private @Nullable RtcpPacket receiverReport(int count, int body, int end) {
        if (end - body - 4 < count * RtcpFormat.REPORT_BLOCK_BYTES) {
            return null;
        }
        return new ReceiverReport(uint32(body), reportBlocks(count, body + 4));
    }

    private List<ReportBlock> reportBlocks(int count, int offset) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int block = offset + i * RtcpFormat.REPORT_BLOCK_BYTES;
            blocks.add(new ReportBlock(
                    uint32(block),
                    bytes[block + 4] & 0xff,
                    (int) uint32(block + 4) << 8 >> 8,
                    uint32(block + 8),
                    uint32(block + 12),
                    uint32(block + 16),
                    uint32(block + 20)));
        }
        return blocks;
    }

    private @Nullable RtcpPacket sourceDescription(int count, int body, int end) {
        List<SourceDescription.Chunk> chunks = new ArrayList<>(count);
        int offset = body;
        for (int i = 0; i < count; i++) {
            if (end - offset < 8) {
                return null;
            }
            int items = offset + 4;
            int terminator = terminator(items, end);
            if (terminator < 0) {
                return null;
            }
            chunks.add(new SourceDescription.Chunk(uint32(offset), cname(items, terminator)));
            // A chunk is padded with further zeros to four bytes.
            offset = body + (terminator - body + 4) / 4 * 4;
        }
        return new SourceDescription(chunks);
    }

    /// Where the item of type zero stands that ends a chunk, or -1.
    private int terminator(int items, int end) {
        int item = items;
        while (item < end && bytes[item] != 0) {
            if (end - item < 2) {
                return -1;
            }
            item += 2 + (bytes[item + 1] & 0xff);
        }
        return item < end ? item : -1;
    }

    private String cname(int items, int terminator) {
        for (int item = items; item < terminator; item += 2 + (bytes[item + 1] & 0xff)) {
            if (bytes[item] == RtcpFormat.CNAME) {
                return new String(bytes, item + 2, bytes[item + 1] & 0xff, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private @Nullable RtcpPacket bye(int count, int body, int end) {
        if (end - body < 4 * count) {
            return null;
        }
        List<Long> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(uint32(body + 4 * i));
        }
        return new Bye(ssrcs);
    }

    private @Nullable RtcpPacket feedback(int packetType, int format, int body, int end) {
        if (end - body < 8) {
            return null;
        }
        long senderSsrc = uint32(body);
        long mediaSsrc = uint32(body + 4);
        int control = body + 8;
        if (packetType == RtcpFormat.TRANSPORT_FEEDBACK) {
            return format == RtcpFormat.GENERIC_NACK
                    ? new GenericNack(senderSsrc, mediaSsrc, lostSequences(control, end))
                    : new Other(packetType, format);
        }
        return switch (format) {
            case RtcpFormat.PICTURE_LOSS_INDICATION -> new PictureLossIndication(senderSsrc, mediaSsrc);
            case RtcpFormat.FULL_INTRA_REQUEST -> new FullIntraRequest(senderSsrc, intraEntries(control, end));
            default -> new Other(packetType, format);
        };
    }

    /// Each word is a sequence number and a mask of the 16 that follow it.
    private List<Integer> lostSequences(int control, int end) {
        List<Integer> lost = new ArrayList<>();
        for (int word = control; end - word >= 4; word += 4) {
            int first = uint16(word);
            lost.add(first);
            int mask = uint16(word + 2);
            for (int i = 0; i < 16; i++) {
                if (((mask >>> i) & 1) != 0) {
                    lost.add((first + 1 + i) & 0xffff);
                }
            }
        }
        return lost;
    }

    private List<FullIntraRequest.Entry> intraEntries(int control, int end) {
        List<FullIntraRequest.Entry> entries = new ArrayList<>();
        for (int entry = control; end - entry >= 8; entry += 8) {
            entries.add(new FullIntraRequest.Entry(uint32(entry), bytes[entry + 4] & 0xff));
        }
        return entries;
    }

    private int uint16(int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }

    private long uint32(int offset) {
        return ((long) uint16(offset) << 16) | uint16(offset + 2);
    }
}
