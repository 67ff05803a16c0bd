package phasebench.relay.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 digest of a certificate, as in the SDP attribute `fingerprint` (RFC 8122, section 5).
final class Fingerprint {
    private static final String HASH = "sha-256";
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    private final byte[] digest;

    private Fingerprint(byte[] digest) {
        this.digest = digest;
    }

    static Fingerprint of(byte[] certificate) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    /// Reads `sha-256 AB:CD:...`, in either case.
    ///
    /// @throws IllegalArgumentException if the hash is another one or the digest does not have 32 bytes
    static Fingerprint parse(String attribute) {
        String[] words = attribute.strip().split("\\s+", -1);
        if (words.length != 2 || !words[0].equalsIgnoreCase(HASH)) {
            throw new IllegalArgumentException("fingerprint is not 'sha-256 AB:CD:...': " + attribute);
        }
        byte[] digest;
        try {
            digest = HEX.parseHex(words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fingerprint is not in hexadecimal: " + attribute, e);
        }
        if (digest.length != 32) {
            throw new IllegalArgumentException("fingerprint has " + digest.length + " bytes, not 32: " + attribute);
        }
        return new Fingerprint(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return HASH + " " + HEX.formatHex(digest);
    }
}
