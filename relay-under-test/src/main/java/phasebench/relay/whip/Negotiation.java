package phasebench.relay.whip;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.forward.TrackPlan;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.webrtc.IceCredentials;
import phasebench.relay.webrtc.PeerPlan;

/// Agrees with a viewer on what it gets: each m-line of the offer takes the first track that fits and is
/// not taken.
final class Negotiation {
    private static final String NACK = "nack";
    private static final List<String> FEEDBACK = List.of("nack pli", "ccm fir");
    private static final List<String> FEEDBACK_WITH_NACK = List.of(NACK, "nack pli", "ccm fir");

    private final SecureRandom random = new SecureRandom();
    private final InetSocketAddress address;
    private final String fingerprint;
    private final boolean answersNack;

    /// @param address of the UDP socket
    /// @param fingerprint of the relay's certificate
    /// @param answersNack whether lost video packets are sent again
    Negotiation(InetSocketAddress address, String fingerprint, boolean answersNack) {
        this.address = address;
        this.fingerprint = fingerprint;
        this.answersNack = answersNack;
    }

    /// One for each m-line of the offer, in its order.
    List<SdpAnswer.Line> lines(List<TrackFormat> tracks, SdpOffer offer) {
        var lines = new ArrayList<SdpAnswer.Line>();
        var taken = new HashSet<Integer>();
        for (var media : offer.media()) {
            lines.add(new SdpAnswer.Line(media, media.canReceive() ? track(tracks, media, taken) : null));
        }
        return lines;
    }

    PeerPlan peer(List<SdpAnswer.Line> lines, SdpOffer offer) {
        var plans = lines.stream()
                .map(SdpAnswer.Line::track)
                .filter(Objects::nonNull)
                .map(SdpAnswer.Track::plan)
                .toList();
        return new PeerPlan(offer.fingerprint(), role(offer), plans, offer.localNames());
    }

    String answer(IceCredentials credentials, SdpOffer offer, List<SdpAnswer.Line> lines) {
        var setup = role(offer) == DtlsSession.Role.SERVER ? "passive" : "active";
        var transport = new SdpAnswer.Transport(
                Long.toString(random.nextLong() >>> 1),
                credentials,
                fingerprint,
                setup,
                answersNack ? FEEDBACK_WITH_NACK : FEEDBACK,
                address);
        return SdpAnswer.write(transport, lines);
    }

    private SdpAnswer.@Nullable Track track(List<TrackFormat> tracks, SdpOffer.Media media, Set<Integer> taken) {
        for (int i = 0; i < Math.min(tracks.size(), TrackPlan.TRACK_COUNT_MAX); i++) {
            var format = tracks.get(i);
            if (!media.kind().equals(CodecChoice.kind(format)) || taken.contains(i)) {
                continue;
            }
            var chosen = CodecChoice.choose(format, media);
            if (chosen.isPresent()) {
                taken.add(i);
                var plan = new TrackPlan(
                        i,
                        format,
                        chosen.get().payloadType(),
                        random.nextInt() & 0xffff_ffffL,
                        mayAskAgain(format, chosen.get()));
                return new SdpAnswer.Track(plan, chosen.get());
            }
        }
        return null;
    }

    /// NACKs are for video; a lost audio packet is concealed sooner than it could be sent again.
    private boolean mayAskAgain(TrackFormat format, SdpOffer.PayloadFormat chosen) {
        return answersNack
                && !(format instanceof TrackFormat.Opus)
                && chosen.feedback().contains(NACK);
    }

    /// We are the server when the viewer leaves it to us: the server chooses the SRTP profile.
    private static DtlsSession.Role role(SdpOffer offer) {
        return offer.setup() == SdpOffer.Setup.PASSIVE ? DtlsSession.Role.CLIENT : DtlsSession.Role.SERVER;
    }
}
