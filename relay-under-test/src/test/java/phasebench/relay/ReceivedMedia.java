package phasebench.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Depacketizer;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.srtp.Srtp;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpUnprotector;

/// What a test viewer got, track by track.
final class ReceivedMedia {
    /// A sender report and when it came.
    record Report(RtcpPacket.SenderReport report, long atNs) {}

    /// One track by its payload type.
    static final class Track implements Depacketizer.Listener {
        private final Depacketizer depacketizer;
        private final List<AccessUnit> units = new CopyOnWriteArrayList<>();
        private final List<Integer> sequences = new CopyOnWriteArrayList<>();
        private final List<Report> reports = new CopyOnWriteArrayList<>();
        private volatile long ssrc = -1;

        Track(TrackFormat format) {
            depacketizer = Depacketizer.of(format, List.of(), this);
        }

        @Override
        public void accessUnit(AccessUnit unit) {
            units.add(unit);
        }

        @Override
        public void dropped(IngestDrop reason) {
            throw new IllegalStateException(reason.toString());
        }

        List<AccessUnit> units() {
            return units;
        }

        List<Report> reports() {
            return reports;
        }

        /// Numbers missing between the packets that came.
        int gaps() {
            int gaps = 0;
            for (int i = 1; i < sequences.size(); i++) {
                gaps += (sequences.get(i) - sequences.get(i - 1) - 1) & 0xffff;
            }
            return gaps;
        }

        int packetCount() {
            return sequences.size();
        }

        long ssrc() {
            return ssrc;
        }
    }

    private final Map<Integer, Track> byPayloadType = new HashMap<>();
    private @Nullable SrtpUnprotector unprotector;

    ReceivedMedia(String answer) {
        var rtpmap = Pattern.compile("a=rtpmap:(\\d+) (\\w+)/").matcher(answer);
        while (rtpmap.find()) {
            byPayloadType.put(
                    Integer.parseInt(rtpmap.group(1)),
                    new Track(
                            switch (rtpmap.group(2)) {
                                case "H264" -> new TrackFormat.H264("42e01f");
                                case "VP8" -> new TrackFormat.Vp8();
                                default -> new TrackFormat.Opus(2);
                            }));
        }
    }

    Track track(int payloadType) {
        var track = byPayloadType.get(payloadType);
        if (track == null) {
            throw new IllegalArgumentException("no payload type " + payloadType);
        }
        return track;
    }

    /// Called by one thread.
    void srtp(SrtpKeys keys, byte[] datagram, int length) {
        if (unprotector == null) {
            unprotector = Srtp.unprotector(keys);
        }
        var plain = new byte[length];
        boolean isRtcp = Rtcp.isRtcp(datagram, length);
        int plainLength = isRtcp
                ? unprotector.unprotectRtcp(datagram, length, plain)
                : unprotector.unprotectRtp(datagram, length, plain);
        if (plainLength < 0) {
            throw new IllegalStateException("not authentic, or twice");
        }
        if (isRtcp) {
            rtcp(plain, plainLength);
        } else {
            var track = track(RtpHeader.payloadType(plain));
            track.ssrc = RtpHeader.ssrc(plain);
            track.sequences.add(RtpHeader.sequence(plain));
            track.depacketizer.push(plain, plainLength, System.nanoTime());
        }
    }

    private void rtcp(byte[] packet, int length) {
        for (var part : Rtcp.parse(packet, length)) {
            if (part instanceof RtcpPacket.SenderReport report) {
                for (var track : byPayloadType.values()) {
                    if (track.ssrc == report.ssrc()) {
                        track.reports.add(new Report(report, System.nanoTime()));
                    }
                }
            }
        }
    }
}
