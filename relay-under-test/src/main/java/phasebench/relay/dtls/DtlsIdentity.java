package phasebench.relay.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// The relay's key pair and self-signed certificate (ECDSA, P-256), one for all sessions of a process.
/// Thread-safe.
public final class DtlsIdentity {
    private static final Duration VALIDITY = Duration.ofDays(365);

    private final JcaTlsCrypto crypto;
    private final PrivateKey privateKey;
    private final Certificate chain;
    private final Fingerprint fingerprint;

    private DtlsIdentity(JcaTlsCrypto crypto, PrivateKey privateKey, byte[] certificate) throws IOException {
        this.crypto = crypto;
        this.privateKey = privateKey;
        this.chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(certificate)});
        this.fingerprint = Fingerprint.of(certificate);
    }

    /// Makes a new identity, which takes some milliseconds.
    public static DtlsIdentity generate() {
        SecureRandom random = new SecureRandom();
        BouncyCastleProvider provider = new BouncyCastleProvider();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            JcaTlsCrypto crypto =
                    new JcaTlsCryptoProvider().setProvider(provider).create(random);
            return new DtlsIdentity(crypto, keys.getPrivate(), selfSigned(keys, random, provider));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a P-256 certificate", e);
        }
    }

    /// `sha-256 AB:CD:...`, as in the SDP attribute.
    public String fingerprint() {
        return fingerprint.toString();
    }

    JcaTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                privateKey,
                chain,
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /// Begins a day early, for peers whose clock is behind.
    private static byte[] selfSigned(KeyPair keys, SecureRandom random, BouncyCastleProvider provider)
            throws OperatorCreationException, IOException {
        X500Name name = new X500Name("CN=phasebench relay");
        Instant notBefore = Instant.now().minus(Duration.ofDays(1));
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(63, random).add(BigInteger.ONE),
                        Date.from(notBefore),
                        Date.from(notBefore.plus(VALIDITY)),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(provider)
                        .build(keys.getPrivate()))
                .getEncoded();
    }
}
