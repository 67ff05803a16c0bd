package phasebench.harness.load.viewer;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.wire.SrtpProfile;

/// The DTLS 1.2 client of one viewer, with SRTP keys as its result (RFC 5764).
final class DtlsClient extends DefaultTlsClient {
    static final int HANDSHAKE_MILLIS = 10_000;

    private static final int RESEND_MILLIS = 250;

    private final DtlsIdentity identity;
    private final String relayFingerprint;
    private @Nullable SrtpProfile profile;
    private byte[] exported = {};

    /// What a finished handshake leaves.
    ///
    /// @param transport for close_notify
    record Result(DTLSTransport transport, ViewerKeys keys) {}

    private DtlsClient(DtlsIdentity identity, String relayFingerprint) {
        super(identity.crypto());
        this.identity = identity;
        this.relayFingerprint = relayFingerprint;
    }

    /// Runs the handshake; blocks for at most ten seconds.
    ///
    /// @throws IOException if it fails, the certificate is not the announced one, or no SRTP profile was agreed on
    static Result handshake(DtlsIdentity identity, String relayFingerprint, DatagramTransport transport)
            throws IOException {
        DtlsClient client = new DtlsClient(identity, relayFingerprint);
        DTLSTransport connected = new DTLSClientProtocol().connect(client, transport);
        SrtpProfile agreed = client.profile;
        if (agreed == null) {
            throw new IOException("relay chose no SRTP profile");
        }
        return new Result(connected, ViewerKeys.ofClient(agreed, client.exported));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return HANDSHAKE_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    /// Like Chromium, HMAC-SHA1 first: the relay is the DTLS server, and the order is its choice.
    @Override
    @SuppressWarnings({"JdkObsolete", "unchecked"}) // as the library declares it
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        int[] profiles = {SrtpProfile.AES_CM_128_HMAC_SHA1_80.id(), SrtpProfile.AEAD_AES_128_GCM.id()};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings({"JdkObsolete", "rawtypes", "unchecked"}) // as the library declares it
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData data = TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = data == null || data.getProtectionProfiles().length != 1
                ? null
                : SrtpProfile.byId(data.getProtectionProfiles()[0]);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                TlsCertificate[] chain = server.getCertificate().getCertificateList();
                String presented = chain.length == 0 ? "(none)" : DtlsIdentity.fingerprint(chain[0]);
                if (!presented.toLowerCase(Locale.ROOT).equals(relayFingerprint.toLowerCase(Locale.ROOT))) {
                    throw new TlsFatalAlert(
                            AlertDescription.bad_certificate,
                            "certificate has fingerprint " + presented + ", not the answer's " + relayFingerprint);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return identity.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != null) {
            exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.exportedBytes());
        }
    }
}
