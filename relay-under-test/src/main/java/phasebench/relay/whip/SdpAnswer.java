package phasebench.relay.whip;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.relay.forward.TrackPlan;
import phasebench.relay.webrtc.IceCredentials;

/// The relay's answer: ICE-lite, one candidate, one transport for all (BUNDLE), send only.
final class SdpAnswer {
    /// What the answer says of the transport.
    ///
    /// @param sessionId decimal number for the o= line
    /// @param setup `passive` or `active`
    /// @param feedback on video (RFC 4585, section 4.2) that the relay reacts to
    record Transport(
            String sessionId,
            IceCredentials credentials,
            String fingerprint,
            String setup,
            List<String> feedback,
            InetSocketAddress address) {
        String host() {
            return address.getAddress().getHostAddress();
        }
    }

    /// One m-line of the offer and what it gets.
    ///
    /// @param track null for nothing
    record Line(SdpOffer.Media media, @Nullable Track track) {}

    /// @param format the one chosen among the m-line's
    record Track(TrackPlan plan, SdpOffer.PayloadFormat format) {}

    private SdpAnswer() {}

    static String write(Transport transport, List<Line> lines) {
        var sdp = new StringBuilder(2048);
        line(sdp, "v=0");
        line(sdp, "o=- " + transport.sessionId() + " 1 IN IP4 " + transport.host());
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        line(sdp, "a=ice-lite");
        var mids = lines.stream()
                .filter(line -> line.track() != null)
                .map(line -> line.media().mid())
                .collect(Collectors.joining(" "));
        line(sdp, "a=group:BUNDLE " + mids);
        line(sdp, "a=msid-semantic: WMS relay");
        for (var media : lines) {
            var track = media.track();
            if (track == null) {
                rejected(sdp, media.media());
            } else {
                accepted(sdp, transport, media.media(), track);
            }
        }
        return sdp.toString();
    }

    private static void rejected(StringBuilder sdp, SdpOffer.Media media) {
        line(sdp, "m=" + media.kind() + " 0 " + media.protocol() + " " + String.join(" ", media.payloadTypes()));
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=mid:" + media.mid());
        line(sdp, "a=inactive");
    }

    private static void accepted(StringBuilder sdp, Transport transport, SdpOffer.Media media, Track track) {
        var format = track.format();
        int payloadType = format.payloadType();
        int port = transport.address().getPort();
        line(sdp, "m=" + media.kind() + " " + port + " " + media.protocol() + " " + payloadType);
        line(sdp, "c=IN IP4 " + transport.host());
        line(sdp, "a=mid:" + media.mid());
        line(sdp, "a=sendonly");
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=rtcp-rsize");
        line(sdp, "a=setup:" + transport.setup());
        line(sdp, "a=ice-ufrag:" + transport.credentials().ufrag());
        line(sdp, "a=ice-pwd:" + transport.credentials().password());
        line(sdp, "a=fingerprint:" + transport.fingerprint());
        line(sdp, "a=rtpmap:" + payloadType + " " + format.encoding());
        if (format.parameters() != null) {
            line(sdp, "a=fmtp:" + payloadType + " " + format.parameters());
        }
        for (var feedback : transport.feedback()) {
            if (track.plan().isVideo() && format.feedback().contains(feedback)) {
                line(sdp, "a=rtcp-fb:" + payloadType + " " + feedback);
            }
        }
        line(sdp, "a=msid:relay " + media.kind());
        line(sdp, "a=ssrc:" + track.plan().ssrc() + " cname:relay");
        line(sdp, "a=candidate:1 1 udp 2130706431 " + transport.host() + " " + port + " typ host");
        line(sdp, "a=end-of-candidates");
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
