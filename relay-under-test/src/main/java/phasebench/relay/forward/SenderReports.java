package phasebench.relay.forward;

import java.util.Arrays;
import java.util.List;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;
import phasebench.relay.stream.MediaClock;

/// Writes the sender reports of outbound tracks, each with the CNAME that RFC 3550, section 6.1, asks for.
final class SenderReports {
    /// The same for all tracks of a viewer, so that it plays them in step; as in the SDP answer.
    private static final String CNAME = "relay";

    private static final int BYTES_MAX = 64;

    private SenderReports() {}

    /// @param now on the stream's clocks
    static byte[] build(OutboundTrack track, MediaClock.Reading now) {
        long ssrc = track.plan().ssrc();
        var report = new SenderReport(
                ssrc,
                now.ntpTimestamp(),
                track.outbound(now.rtpTimestamp()),
                track.packetCount() & 0xffff_ffffL,
                track.payloadBytes() & 0xffff_ffffL,
                List.of());
        var description = new SourceDescription(List.of(new SourceDescription.Chunk(ssrc, CNAME)));
        var out = new byte[BYTES_MAX];
        int length = Rtcp.write(out, 0, report, description);
        return Arrays.copyOf(out, length);
    }
}
