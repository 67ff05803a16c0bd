package phasebench.relay.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;

/// The active side of a handshake (RFC 5763, section 5), for peers that offer `setup:passive`.
final class DtlsClient extends DefaultTlsClient {
    private final DtlsIdentity identity;
    private final SrtpNegotiation negotiation;
    private final HandshakeTerms terms;

    DtlsClient(DtlsIdentity identity, SrtpNegotiation negotiation, HandshakeTerms terms) {
        super(identity.crypto());
        this.identity = identity;
        this.negotiation = negotiation;
        this.terms = terms;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return HandshakeTerms.clientSuites();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return terms.limitMs();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return terms.resendMs();
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /// The fingerprint is what makes a certificate good, not who signed it and how.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.offer());
        return extensions;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        negotiation.accept(TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate serverCertificate) throws IOException {
                negotiation.verify(serverCertificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest certificateRequest) {
                return identity.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        negotiation.exportKeys(context, DtlsSession.Role.CLIENT);
    }
}
