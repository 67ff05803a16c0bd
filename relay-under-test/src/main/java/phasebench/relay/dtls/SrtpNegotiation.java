package phasebench.relay.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

/// What one handshake agrees on, the same for both roles: the peer's certificate, the profile, the
/// keys.
///
/// Used by the thread that handshakes; `isPeerGone` also by whoever processes records afterwards, under
/// the session's lock.
final class SrtpNegotiation {
    private final Fingerprint peer;
    private final List<SrtpProfile> preference;
    private @Nullable SrtpProfile selected;
    private @Nullable SrtpKeys keys;
    private boolean isPeerGone;

    SrtpNegotiation(Fingerprint peer, List<SrtpProfile> preference) {
        this.peer = peer;
        this.preference = preference;
    }

    /// The client's offer.
    UseSRTPData offer() {
        return useSrtp(preference.stream().mapToInt(SrtpProfile::id).toArray());
    }

    /// The server's choice: the first of our profiles that the client offers.
    void select(@Nullable UseSRTPData offer) throws TlsFatalAlert {
        if (offer == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer offers no SRTP profile");
        }
        int[] offered = offer.getProtectionProfiles();
        for (SrtpProfile profile : preference) {
            for (int id : offered) {
                if (id == profile.id()) {
                    selected = profile;
                    return;
                }
            }
        }
        throw new TlsFatalAlert(
                AlertDescription.handshake_failure,
                "no common SRTP profile: the peer offers " + names(offered) + ", we take " + preference);
    }

    /// The server's answer.
    UseSRTPData answer() {
        return useSrtp(new int[] {selected().id()});
    }

    /// The client takes what the server chose from its offer.
    void accept(@Nullable UseSRTPData answer) throws TlsFatalAlert {
        if (answer == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer chose no SRTP profile");
        }
        int[] chosen = answer.getProtectionProfiles();
        SrtpProfile profile = chosen.length == 1 ? SrtpProfile.byId(chosen[0]) : null;
        if (profile == null || !preference.contains(profile)) {
            throw new TlsFatalAlert(
                    AlertDescription.illegal_parameter,
                    "the peer chose SRTP profile " + names(chosen) + ", we offered " + preference);
        }
        selected = profile;
    }

    /// Checks the first certificate of the chain against the fingerprint of the peer's SDP (RFC 8122,
    /// section 6.2).
    void verify(Certificate chain) throws TlsFatalAlert {
        if (chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer sent no certificate");
        }
        Fingerprint sent;
        try {
            sent = Fingerprint.of(chain.getCertificateAt(0).getEncoded());
        } catch (IOException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
        if (!sent.equals(peer)) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate,
                    "the peer's certificate has fingerprint " + sent + ", its SDP says " + peer);
        }
    }

    /// Exports the keys; requires the extended master secret (RFC 7627), which both roles insist on.
    void exportKeys(TlsContext context, DtlsSession.Role role) {
        SrtpProfile profile = selected();
        byte[] exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.exportedBytes(profile));
        SrtpKeys ofClient = SrtpKeys.ofClient(profile, exported);
        keys = role == DtlsSession.Role.CLIENT ? ofClient : ofClient.reversed();
    }

    SrtpKeys keys() {
        return Objects.requireNonNull(keys, "the handshake is not complete");
    }

    /// Bouncy Castle reports a close_notify here and nowhere else.
    void alertReceived(short description) {
        if (description == AlertDescription.close_notify) {
            isPeerGone = true;
        }
    }

    boolean isPeerGone() {
        return isPeerGone;
    }

    private SrtpProfile selected() {
        return Objects.requireNonNull(selected, "no SRTP profile is selected yet");
    }

    private static UseSRTPData useSrtp(int[] profiles) {
        return new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES);
    }

    private static List<String> names(int[] ids) {
        List<String> names = new ArrayList<>();
        for (int id : ids) {
            SrtpProfile profile = SrtpProfile.byId(id);
            names.add(profile == null ? "0x" + HexFormat.of().toHexDigits((short) id) : profile.name());
        }
        return names;
    }
}
