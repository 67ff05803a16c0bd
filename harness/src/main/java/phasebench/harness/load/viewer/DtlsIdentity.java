package phasebench.harness.load.viewer;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
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

/// A P-256 key with a self-signed certificate, as WebRTC peers make for themselves (RFC 8827, section 6.5). One serves
/// all viewers.
final class DtlsIdentity {
    private static final int DAYS_VALID = 30;

    private final JcaTlsCrypto crypto;
    private final KeyPair keys;
    private final TlsCertificate certificate;

    private DtlsIdentity(JcaTlsCrypto crypto, KeyPair keys, TlsCertificate certificate) {
        this.crypto = crypto;
        this.keys = keys;
        this.certificate = certificate;
    }

    static DtlsIdentity generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
            return new DtlsIdentity(crypto, keys, crypto.createCertificate(selfSigned(keys)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a certificate for the viewers", e);
        }
    }

    private static byte[] selfSigned(KeyPair keys) throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        X500Name name = new X500Name("CN=phasebench viewer");
        Instant now = Instant.now();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(now.toEpochMilli())));
        generator.setSignature(algorithm);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(now.minus(1, ChronoUnit.DAYS))));
        generator.setEndDate(new Time(Date.from(now.plus(DAYS_VALID, ChronoUnit.DAYS))));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        TBSCertificate unsigned = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(unsigned.getEncoded(ASN1Encoding.DER));
        return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                    unsigned, algorithm, new DERBitString(signature.sign())
                })
                .getEncoded(ASN1Encoding.DER);
    }

    JcaTlsCrypto crypto() {
        return crypto;
    }

    /// `sha-256 AB:CD:...`, as in SDP (RFC 8122, section 5).
    String fingerprint() throws IOException {
        return fingerprint(certificate);
    }

    static String fingerprint(TlsCertificate certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "sha-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                keys.getPrivate(),
                new Certificate(new TlsCertificate[] {certificate}),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
