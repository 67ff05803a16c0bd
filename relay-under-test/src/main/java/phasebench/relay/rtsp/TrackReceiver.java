package phasebench.relay.rtsp;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Depacketizer;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.stream.Publication;

/// One track while it is recorded: from packets to access units of its publication.
///
/// RTP and RTCP may come from two threads; the lock lets the publication see one at a time, and nothing after `close`.
final class TrackReceiver {
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
        if (!RtcpCompound.isWellFormed(packet, length)) {
            counters.dropped(IngestDrop.MALFORMED_RTCP);
            return;
        }
        for (int at = 0; at < length; at += RtcpCompound.packetLength(packet, at)) {
            counters.rtcpPacketIn(RtcpCompound.type(packet, at));
            if (RtcpCompound.isSenderReport(packet, at)) {
                long ntp = RtcpCompound.senderReportNtp(packet, at);
                if (statistics != null) {
                    statistics.senderReport((int) (ntp >>> 16), arrivalNs);
                }
                publication.senderReport(trackIndex, ntp, RtcpCompound.senderReportRtp(packet, at));
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
        counters.rtcpPacketOut("RR");
        counters.rtcpPacketOut("SDES");
        return RtcpCompound.receiverReport(reporterSsrc, source, arrivalNs);
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
