package phasebench.relay.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The two digests that end a STUN message (RFC 8489, sections 14.5 and 14.7).
final class StunDigest {
    /// Cloned for each use: looking up a provider makes more garbage than all the rest of an answer.
    private static final Mac FRESH = fresh();

    private StunDigest() {}

    /// HMAC-SHA1 under a short-term password, over all before the attribute, with a header that already
    /// counts the attribute itself.
    ///
    /// @param attributeOffset where MESSAGE-INTEGRITY begins
    static byte[] integrity(byte[] message, int attributeOffset, String password) {
        byte[] length = new byte[2];
        int bodyBytes = attributeOffset - StunFormat.HEADER_BYTES;
        StunFormat.putUint16(length, 0, bodyBytes + StunFormat.ATTRIBUTE_HEADER_BYTES + StunFormat.INTEGRITY_BYTES);
        try {
            Mac mac = (Mac) FRESH.clone();
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(message, 0, 2);
            mac.update(length);
            mac.update(message, 4, attributeOffset - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("HmacSHA1 failed", e);
        }
    }

    private static Mac fresh() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            // chooses the provider, so that a clone has one
            mac.init(new SecretKeySpec(new byte[1], "HmacSHA1"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks HmacSHA1", e);
        }
    }

    /// CRC-32 over all before the attribute, with a header that counts the attribute.
    static int fingerprint(byte[] message, int attributeOffset) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, attributeOffset);
        return (int) crc.getValue() ^ StunFormat.FINGERPRINT_XOR;
    }
}
