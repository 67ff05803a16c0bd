package phasebench.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.srtp.Srtp;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpUnprotector;

/// What a test viewer got, track by track.
final class ReceivedMedia {
    private final Map<Integer, ReceivedTrack> byPayloadType = new HashMap<>();
    private @Nullable SrtpUnprotector unprotector;
    private volatile long forgeries;
    private volatile long replays;

    ReceivedMedia(String answer) {
        var rtpmap = Pattern.compile("a=rtpmap:(\\d+) (\\w+)/").matcher(answer);
        while (rtpmap.find()) {
            byPayloadType.put(
                    Integer.parseInt(rtpmap.group(1)),
                    new ReceivedTrack(
                            switch (rtpmap.group(2)) {
                                case "H264" -> new TrackFormat.H264("42e01f");
                                case "VP8" -> new TrackFormat.Vp8();
                                default -> new TrackFormat.Opus(2);
                            }));
        }
    }

    ReceivedTrack track(int payloadType) {
        var track = byPayloadType.get(payloadType);
        if (track == null) {
            throw new IllegalArgumentException("no payload type " + payloadType);
        }
        return track;
    }

    /// Packets of all tracks, each once.
    int packetCount() {
        return byPayloadType.values().stream()
                .mapToInt(ReceivedTrack::packetCount)
                .sum();
    }

    /// Datagrams that were not the relay's.
    long forgeries() {
        return forgeries;
    }

    /// Datagrams that came twice, or too late to tell.
    long replays() {
        return replays;
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
            forgeries = unprotector.authenticationFailures();
            replays = unprotector.replays();
        } else if (isRtcp) {
            rtcp(plain, plainLength);
        } else {
            track(RtpHeader.payloadType(plain)).packet(plain, plainLength);
        }
    }

    private void rtcp(byte[] packet, int length) {
        for (var part : Rtcp.parse(packet, length)) {
            if (part instanceof RtcpPacket.SenderReport report) {
                byPayloadType.values().forEach(track -> track.report(report));
            }
        }
    }
}
