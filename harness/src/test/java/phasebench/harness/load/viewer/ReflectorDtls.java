package phasebench.harness.load.viewer;

import java.io.IOException;
import java.util.Hashtable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import phasebench.harness.load.wire.SrtpProfile;

/// The DTLS server of one session of the [ReflectorRelay].
final class ReflectorDtls extends DefaultTlsServer {
    private final DtlsIdentity identity;
    private final SrtpProfile profile;
    private byte[] exported = {};

    /// Sends one datagram.
    interface Sender {
        void send(byte[] bytes, int offset, int length) throws IOException;
    }

    private ReflectorDtls(DtlsIdentity identity, SrtpProfile profile) {
        super(identity.crypto());
        this.identity = identity;
        this.profile = profile;
    }

    record Result(DTLSTransport transport, ViewerKeys keys) {}

    static Result accept(DtlsIdentity identity, SrtpProfile profile, BlockingQueue<byte[]> records, Sender sender)
            throws IOException {
        ReflectorDtls server = new ReflectorDtls(identity, profile);
        DTLSTransport transport = new DTLSServerProtocol().accept(server, new Queued(records, sender));
        return new Result(transport, ViewerKeys.ofServer(profile, server.exported));
    }

    /// A transport that reads from a queue.
    private record Queued(BlockingQueue<byte[]> records, Sender sender) implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return 1500;
        }

        @Override
        public int getSendLimit() {
            return 1200;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            try {
                byte[] record = records.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (record == null) {
                    return -1;
                }
                System.arraycopy(record, 0, buffer, offset, record.length);
                return record.length;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void send(byte[] bytes, int offset, int length) throws IOException {
            sender.send(bytes, offset, length);
        }

        @Override
        public void close() {}
    }

    static BlockingQueue<byte[]> queue() {
        return new LinkedBlockingQueue<>();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return 10_000;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return identity.signer(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        if (clientCertificate.isEmpty()) {
            throw new IOException("viewer sent no certificate");
        }
    }

    @Override
    @SuppressWarnings({"JdkObsolete", "unchecked"}) // as the library declares it
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile.id()}, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.exportedBytes());
    }
}
