package phasebench.relay.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

/// What one handshake agrees on, the same for both roles: the peer's certificate, the profile, the
/// keys.
///
/// Used by the thread that handshakes.
final class SrtpNegotiation {
    private final Fingerprint peer;
    private final List<SrtpProfile> preference;
    private @Nullable SrtpProfile selected;
    private @Nullable SrtpKeys keys;
    private @Nullable RecordCiphers ciphers;

    /// The two directions of the record layer.
    private record RecordCiphers(RecordCipher ofClient, RecordCipher ofServer) {}

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
        ciphers = recordCiphers(context.getSecurityParameters());
    }

    /// Cuts the key block (RFC 5246, section 6.3; no MAC keys with GCM, RFC 5288, section 3).
    private static RecordCiphers recordCiphers(SecurityParameters parameters) {
        int keyBlockBytes = 2 * (RecordCipher.KEY_BYTES + RecordCipher.SALT_BYTES);
        byte[] block = parameters
                .getMasterSecret()
                .deriveUsingPRF(
                        parameters.getPRFAlgorithm(),
                        ExporterLabel.key_expansion,
                        Arrays.concatenate(parameters.getServerRandom(), parameters.getClientRandom()),
                        keyBlockBytes)
                .extract();
        ByteBuffer cut = ByteBuffer.wrap(block);
        byte[] clientKey = new byte[RecordCipher.KEY_BYTES];
        byte[] serverKey = new byte[RecordCipher.KEY_BYTES];
        byte[] clientSalt = new byte[RecordCipher.SALT_BYTES];
        byte[] serverSalt = new byte[RecordCipher.SALT_BYTES];
        cut.get(clientKey).get(serverKey).get(clientSalt).get(serverSalt);
        return new RecordCiphers(new RecordCipher(clientKey, clientSalt), new RecordCipher(serverKey, serverSalt));
    }

    /// What is kept when the handshake is complete.
    DtlsAssociation association(DtlsSession.Role role, SentRecords sent) {
        RecordCiphers known = Objects.requireNonNull(ciphers, "the handshake is not complete");
        return switch (role) {
            case CLIENT -> new DtlsAssociation(role, known.ofClient, known.ofServer, sent);
            case SERVER -> new DtlsAssociation(role, known.ofServer, known.ofClient, sent);
        };
    }

    SrtpKeys keys() {
        return Objects.requireNonNull(keys, "the handshake is not complete");
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
