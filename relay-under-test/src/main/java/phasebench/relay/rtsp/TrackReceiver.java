package phasebench.relay.rtsp;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Depacketizer;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.RtcpPacket.Bye;
import phasebench.relay.rtp.RtcpPacket.FullIntraRequest;
import phasebench.relay.rtp.RtcpPacket.GenericNack;
import phasebench.relay.rtp.RtcpPacket.Other;
import phasebench.relay.rtp.RtcpPacket.PictureLossIndication;
import phasebench.relay.rtp.RtcpPacket.ReceiverReport;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.stream.Publication;

/// One track while it is recorded: from packets to access units of its publication.
///
/// RTP and RTCP may come from two threads; the lock lets the publication see one at a time, and nothing after `close`.
final class TrackReceiver {
    private static final String CNAME = "relay";
    private static final int REPORT_BYTES_MAX = 64;

    private final AnnouncedTrack track;
    private final Publication publication;
    private final int trackIndex;
    private final RtspCounters counters;
    private final long reportIntervalNs;
    private final long reporterSsrc = ThreadLocalRandom.current().nextInt() & 0xffff_ffffL;
    private final Depacketizer depacketizer;
    private final @Nullable ReorderBuffer reorderBuffer;
    private @Nullable ReceptionStatistics statistics;
    private long reportDueNs;
    private boolean isClosed;

    TrackReceiver(
            AnnouncedTrack track,
            TrackTransport transport,
            Publication publication,
            int trackIndex,
            RtspCounters counters,
            RtspLimits limits) {
        this.track = track;
        this.publication = publication;
        this.trackIndex = trackIndex;
        this.counters = counters;
        this.reportIntervalNs = limits.report().toNanos();
        this.depacketizer = Depacketizer.of(track.format(), track.parameterSets(), new ToPublication());
        this.reorderBuffer = switch (transport) {
            case TrackTransport.Interleaved _ -> null;
            case UdpTransport _ -> new ReorderBuffer(new ToDepacketizer());
        };
    }

    /// Takes one RTP packet.
    ///
    /// @return the receiver report that is now due, as a compound packet, or null
    synchronized byte @Nullable [] rtp(byte[] packet, int length, long arrivalNs) {
        counters.rtpPacketIn(length);
        if (RtpHeader.payloadLength(packet, length) < 0) {
            counters.dropped(IngestDrop.MALFORMED_RTP);
        } else if (RtpHeader.payloadType(packet) != track.payloadType()) {
            counters.dropped(IngestDrop.FOREIGN_PAYLOAD_TYPE);
        } else if (!isClosed) {
            return accept(packet, length, arrivalNs);
        }
        return null;
    }

    /// Takes one compound RTCP packet.
    synchronized void rtcp(byte[] packet, int length, long arrivalNs) {
        if (isClosed) {
            return;
        }
        List<RtcpPacket> packets = Rtcp.parse(packet, length);
        if (packets.isEmpty()) {
            counters.dropped(IngestDrop.MALFORMED_RTCP);
        }
        for (RtcpPacket part : packets) {
            counters.rtcpPacketIn(type(part));
            if (part instanceof SenderReport report) {
                if (statistics != null) {
                    statistics.senderReport((report.ntpTimestamp() >>> 16) & 0xffff_ffffL, arrivalNs);
                }
                publication.senderReport(trackIndex, report.ntpTimestamp(), report.rtpTimestamp());
            }
        }
    }

    /// After this the publication hears no more of this track.
    synchronized void close() {
        isClosed = true;
    }

    private byte @Nullable [] accept(byte[] packet, int length, long arrivalNs) {
        int sequence = RtpHeader.sequence(packet);
        long ssrc = RtpHeader.ssrc(packet);
        ReceptionStatistics source = statistics;
        if (source == null || source.ssrc() != ssrc) {
            source = new ReceptionStatistics(ssrc, track.format().clockRate(), sequence);
            statistics = source;
            reportDueNs = arrivalNs + reportIntervalNs;
            if (reorderBuffer != null) {
                reorderBuffer.clear();
            }
        }
        source.packet(sequence, RtpHeader.timestamp(packet), arrivalNs);
        if (reorderBuffer == null) {
            depacketizer.push(packet, length, arrivalNs);
        } else {
            reorderBuffer.push(sequence, packet, length, arrivalNs);
        }
        if (arrivalNs - reportDueNs < 0) {
            return null;
        }
        reportDueNs = arrivalNs + reportIntervalNs;
        return report(source.block(arrivalNs));
    }

    /// A compound needs the canonical name beside the report (RFC 3550, section 6.1).
    private byte[] report(ReportBlock block) {
        RtcpPacket report = new ReceiverReport(reporterSsrc, List.of(block));
        RtcpPacket name = new SourceDescription(List.of(new SourceDescription.Chunk(reporterSsrc, CNAME)));
        counters.rtcpPacketOut(type(report));
        counters.rtcpPacketOut(type(name));
        byte[] out = new byte[REPORT_BYTES_MAX];
        return Arrays.copyOf(out, Rtcp.write(out, 0, report, name));
    }

    private static String type(RtcpPacket packet) {
        return switch (packet) {
            case SenderReport _ -> "SR";
            case ReceiverReport _ -> "RR";
            case SourceDescription _ -> "SDES";
            case Bye _ -> "BYE";
            case GenericNack _ -> "NACK";
            case PictureLossIndication _ -> "PLI";
            case FullIntraRequest _ -> "FIR";
            case Other _ -> "other";
        };
    }

    private final class ToDepacketizer implements ReorderBuffer.Sink {
        @Override
        public void packet(byte[] packet, int length, long arrivalNs) {
            depacketizer.push(packet, length, arrivalNs);
        }

        @Override
        public void dropped(IngestDrop reason) {
            counters.dropped(reason);
        }
    }

    private final class ToPublication implements Depacketizer.Listener {
        @Override
        public void accessUnit(AccessUnit unit) {
            publication.accessUnit(trackIndex, unit);
        }

        @Override
        public void dropped(IngestDrop reason) {
            counters.dropped(reason);
        }
    }
}
