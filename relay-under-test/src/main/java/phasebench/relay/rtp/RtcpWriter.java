package phasebench.relay.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import phasebench.relay.rtp.RtcpPacket.Bye;
import phasebench.relay.rtp.RtcpPacket.FullIntraRequest;
import phasebench.relay.rtp.RtcpPacket.GenericNack;
import phasebench.relay.rtp.RtcpPacket.Other;
import phasebench.relay.rtp.RtcpPacket.PictureLossIndication;
import phasebench.relay.rtp.RtcpPacket.ReceiverReport;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;

/// Writes one RTCP packet at an offset of an array.
final class RtcpWriter {
    private final ByteBuffer out;
    private final int begin;

    RtcpWriter(byte[] out, int offset) {
        this.out = ByteBuffer.wrap(out);
        this.begin = offset;
        this.out.position(offset);
    }

    /// Returns the end of the packet.
    int write(RtcpPacket packet) {
        out.position(begin + RtcpFormat.HEADER_BYTES);
        switch (packet) {
            case SenderReport report -> senderReport(report);
            case ReceiverReport report -> receiverReport(report);
            case SourceDescription description -> sourceDescription(description);
            case Bye bye -> bye(bye);
            case GenericNack nack -> genericNack(nack);
            case PictureLossIndication pli ->
                feedback(
                        RtcpFormat.PAYLOAD_FEEDBACK,
                        RtcpFormat.PICTURE_LOSS_INDICATION,
                        pli.senderSsrc(),
                        pli.mediaSsrc());
            case FullIntraRequest request -> fullIntraRequest(request);
            case Other other -> throw new IllegalArgumentException("nothing is known to write for " + other);
        }
        out.putShort(begin + 2, (short) ((out.position() - begin) / 4 - 1));
        return out.position();
    }

    private void senderReport(SenderReport report) {
        header(report.blocks().size(), RtcpFormat.SENDER_REPORT);
        out.putInt((int) report.ssrc())
                .putLong(report.ntpTimestamp())
                .putInt((int) report.rtpTimestamp())
                .putInt((int) report.packetCount())
                .putInt((int) report.octetCount());
        reportBlocks(report.blocks());
    }

    private void receiverReport(ReceiverReport report) {
        header(report.blocks().size(), RtcpFormat.RECEIVER_REPORT);
        out.putInt((int) report.ssrc());
        reportBlocks(report.blocks());
    }

    private void reportBlocks(List<ReportBlock> blocks) {
        for (ReportBlock block : blocks) {
            out.putInt((int) block.ssrc())
                    .putInt((block.lostOf256() << 24) | (block.lostPackets() & 0xff_ffff))
                    .putInt((int) block.highestSequence())
                    .putInt((int) block.jitter())
                    .putInt((int) block.lastSenderReport())
                    .putInt((int) block.delaySinceLastSenderReport());
        }
    }

    private void sourceDescription(SourceDescription description) {
        header(description.chunks().size(), RtcpFormat.SOURCE_DESCRIPTION);
        for (SourceDescription.Chunk chunk : description.chunks()) {
            byte[] cname = chunk.cname().getBytes(StandardCharsets.UTF_8);
            if (cname.length > 255) {
                throw new IllegalArgumentException("cname has more than 255 bytes: " + chunk.cname());
            }
            out.putInt((int) chunk.ssrc()).put((byte) RtcpFormat.CNAME).put((byte) cname.length);
            out.put(cname).put((byte) 0);
            while ((out.position() - begin) % 4 != 0) {
                out.put((byte) 0);
            }
        }
    }

    private void bye(Bye bye) {
        header(bye.ssrcs().size(), RtcpFormat.BYE);
        for (long ssrc : bye.ssrcs()) {
            out.putInt((int) ssrc);
        }
    }

    /// Packs sequences that follow each other within 16 into one word; best when they are given in
    /// order.
    private void genericNack(GenericNack nack) {
        feedback(RtcpFormat.TRANSPORT_FEEDBACK, RtcpFormat.GENERIC_NACK, nack.senderSsrc(), nack.mediaSsrc());
        List<Integer> lost = nack.lostSequences();
        int i = 0;
        while (i < lost.size()) {
            int first = lost.get(i++);
            int mask = 0;
            while (i < lost.size() && distance(first, lost.get(i)) <= 16) {
                mask |= 1 << (distance(first, lost.get(i++)) - 1);
            }
            out.putShort((short) first).putShort((short) mask);
        }
    }

    /// From 1 to 2^16, so that the same sequence again begins a new word.
    private static int distance(int first, int next) {
        return ((next - first - 1) & 0xffff) + 1;
    }

    private void fullIntraRequest(FullIntraRequest request) {
        // The media SSRC of the common part is unused here (RFC 5104, section 4.3.1.2).
        feedback(RtcpFormat.PAYLOAD_FEEDBACK, RtcpFormat.FULL_INTRA_REQUEST, request.senderSsrc(), 0);
        for (FullIntraRequest.Entry entry : request.entries()) {
            out.putInt((int) entry.mediaSsrc()).putInt(entry.requestSequence() << 24);
        }
    }

    private void feedback(int packetType, int format, long senderSsrc, long mediaSsrc) {
        header(format, packetType);
        out.putInt((int) senderSsrc).putInt((int) mediaSsrc);
    }

    private void header(int count, int packetType) {
        if (count > 31) {
            throw new IllegalArgumentException("an RTCP packet counts at most 31 items: " + count);
        }
        out.put(begin, (byte) (0x80 | count)).put(begin + 1, (byte) packetType);
    }
}
