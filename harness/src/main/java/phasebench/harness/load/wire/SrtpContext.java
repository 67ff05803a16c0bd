package phasebench.harness.load.wire;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One direction of one SRTP session (RFC 3711): protects or opens packets in place.
///
/// The caller keeps the sequence numbers: RTP calls take the 48-bit packet index (roll-over counter and
/// sequence number). There is no replay list; the audit sees repeated packets by their index. Not
/// thread-safe.
public abstract sealed class SrtpContext permits SrtpCounterMode, SrtpGcm {
    private static final int LABELS_OF_RTCP = 3;

    /// Keys and salt of one kind of packets.
    static final class SessionKeys {
        final SecretKeySpec cipherKey;
        final SecretKeySpec authenticationKey;
        final byte[] salt;

        SessionKeys(byte[] cipherKey, byte[] authenticationKey, byte[] salt) {
            this.cipherKey = new SecretKeySpec(cipherKey, "AES");
            this.authenticationKey = new SecretKeySpec(authenticationKey, "HmacSHA1");
            this.salt = salt;
        }
    }

    final SessionKeys rtp;
    final SessionKeys rtcp;

    SrtpContext(SessionKeys rtp, SessionKeys rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    public static SrtpContext of(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != SrtpProfile.KEY_BYTES || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("key of " + masterKey.length + " and salt of " + masterSalt.length
                    + " bytes do not fit " + profile);
        }
        try {
            SessionKeys rtp = derive(masterKey, masterSalt, 0);
            SessionKeys rtcp = derive(masterKey, masterSalt, LABELS_OF_RTCP);
            return switch (profile) {
                case AES_CM_128_HMAC_SHA1_80 -> new SrtpCounterMode(rtp, rtcp);
                case AEAD_AES_128_GCM -> new SrtpGcm(rtp, rtcp);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks the ciphers of " + profile, e);
        }
    }

    /// Encrypts and authenticates in place; `packet` must have room for the overhead.
    ///
    /// @param index 48 bits: roll-over counter and sequence number
    /// @return length of the SRTP packet
    public abstract int protectRtp(byte[] packet, int length, long index);

    /// Checks and decrypts in place.
    ///
    /// @return length of the RTP packet, or -1 when authentication fails; the bytes are then undefined
    public abstract int unprotectRtp(byte[] packet, int length, long index);

    /// Encrypts and authenticates in place; `packet` must have room for the overhead.
    ///
    /// @param index 31-bit SRTCP index, never used twice
    /// @return length of the SRTCP packet
    public abstract int protectRtcp(byte[] packet, int length, int index);

    /// Checks and decrypts in place.
    ///
    /// @return length of the RTCP packet, or -1 when authentication fails
    public abstract int unprotectRtcp(byte[] packet, int length);

    /// Key derivation with a key derivation rate of zero (RFC 3711, section 4.3.1; RFC 7714, section 11).
    static SessionKeys derive(byte[] masterKey, byte[] masterSalt, int firstLabel) throws GeneralSecurityException {
        byte[] cipherKey = derive(masterKey, masterSalt, firstLabel, SrtpProfile.KEY_BYTES);
        byte[] authenticationKey = derive(masterKey, masterSalt, firstLabel + 1, 20);
        byte[] salt = derive(masterKey, masterSalt, firstLabel + 2, masterSalt.length);
        return new SessionKeys(cipherKey, authenticationKey, salt);
    }

    private static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int bytes)
            throws GeneralSecurityException {
        byte[] iv = Arrays.copyOf(masterSalt, 16);
        iv[7] ^= (byte) label;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(new byte[bytes]);
    }
}
