package phasebench.relay.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Session keys from a master key and salt (RFC 3711, section 4.3, with a key derivation rate of zero).
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;

    /// Distance from a label of RTP to its twin of RTCP.
    static final int RTCP = 3;

    private final SecretKeySpec masterKey;
    private final byte[] saltBlock;

    /// @param masterSalt 14 bytes, or 12, which count as padded on the right to 14 (RFC 7714, section
    ///     11)
    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        this.masterKey = new SecretKeySpec(masterKey, "AES");
        this.saltBlock = Arrays.copyOf(masterSalt, 16);
    }

    /// The first `size` bytes of the key stream of `label`.
    byte[] derive(int label, int size) {
        byte[] iv = saltBlock.clone();
        iv[7] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, masterKey, new IvParameterSpec(iv));
            return cipher.doFinal(new byte[size]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refuses AES in counter mode", e);
        }
    }
}
