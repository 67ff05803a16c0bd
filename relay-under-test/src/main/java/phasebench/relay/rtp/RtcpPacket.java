package phasebench.relay.rtp;

import java.util.List;

/// One packet of an RTCP compound. SSRCs and timestamps are unsigned 32 bits unless said otherwise.
public sealed interface RtcpPacket {
    /// RFC 3550, section 6.4.1.
    ///
    /// @param ntpTimestamp 64 bits, seconds since 1900 in the upper half
    /// @param octetCount payload bytes without headers and padding
    record SenderReport(
            long ssrc,
            long ntpTimestamp,
            long rtpTimestamp,
            long packetCount,
            long octetCount,
            List<ReportBlock> blocks)
            implements RtcpPacket {
        public SenderReport {
            blocks = List.copyOf(blocks);
        }
    }

    /// RFC 3550, section 6.4.2.
    record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {
        public ReceiverReport {
            blocks = List.copyOf(blocks);
        }
    }

    /// What a receiver says of one source (RFC 3550, section 6.4.1).
    ///
    /// @param lostOf256 packets lost since the last report, in 1/256 of those expected
    /// @param lostPackets since the beginning, signed 24 bits
    /// @param highestSequence with the count of wraps in the upper 16 bits
    /// @param jitter in ticks of the RTP clock
    /// @param lastSenderReport middle 32 bits of its NTP timestamp, or 0
    /// @param delaySinceLastSenderReport in 1/65536 s
    record ReportBlock(
            long ssrc,
            int lostOf256,
            int lostPackets,
            long highestSequence,
            long jitter,
            long lastSenderReport,
            long delaySinceLastSenderReport) {}

    /// RFC 3550, section 6.5, as far as anybody reads it: the canonical name.
    record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
        public SourceDescription {
            chunks = List.copyOf(chunks);
        }

        /// @param cname empty if the chunk has none
        public record Chunk(long ssrc, String cname) {}
    }

    /// RFC 3550, section 6.6; the reason is not kept.
    record Bye(List<Long> ssrcs) implements RtcpPacket {
        public Bye {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /// RFC 4585, section 6.2.1.
    ///
    /// @param lostSequences as reported, each once per mention
    record GenericNack(long senderSsrc, long mediaSsrc, List<Integer> lostSequences) implements RtcpPacket {
        public GenericNack {
            lostSequences = List.copyOf(lostSequences);
        }
    }

    /// RFC 4585, section 6.3.1.
    record PictureLossIndication(long senderSsrc, long mediaSsrc) implements RtcpPacket {}

    /// RFC 5104, section 4.3.1.
    record FullIntraRequest(long senderSsrc, List<Entry> entries) implements RtcpPacket {
        public FullIntraRequest {
            entries = List.copyOf(entries);
        }

        /// @param requestSequence 8 bits; the same number again is the same request again
        public record Entry(long mediaSsrc, int requestSequence) {}
    }

    /// Any other, such as APP, XR, REMB and transport-wide feedback.
    ///
    /// @param format the five bits after version and padding
    record Other(int packetType, int format) implements RtcpPacket {}
}
