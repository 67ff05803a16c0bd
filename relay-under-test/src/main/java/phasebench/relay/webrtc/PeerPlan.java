package phasebench.relay.webrtc;

import java.util.List;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.forward.TrackPlan;

/// What was agreed with a viewer.
///
/// @param fingerprint of the certificate that the viewer must show, `sha-256 AB:CD:...`
/// @param role ours in the DTLS handshake
/// @param tracks at least one
/// @param localNames what the viewer's candidates have in place of addresses, such as `<uuid>.local`
public record PeerPlan(String fingerprint, DtlsSession.Role role, List<TrackPlan> tracks, List<String> localNames) {
    public PeerPlan {
        tracks = List.copyOf(tracks);
        localNames = List.copyOf(localNames);
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("no tracks");
        }
    }
}
