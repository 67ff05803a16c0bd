package phasebench.relay.webrtc;

import java.security.SecureRandom;
import java.util.Base64;

/// Our ufrag and password of one session (RFC 8445, section 5.3: at least 24 and 128 bits of randomness).
///
/// @param ufrag 8 characters; by it a first STUN request finds its session
/// @param password 32 characters; proves that a STUN request comes from who got our answer
public record IceCredentials(String ufrag, String password) {
    static IceCredentials random(SecureRandom random) {
        return new IceCredentials(text(random, 6), text(random, 24));
    }

    /// Of the characters that ice-char allows (RFC 8839, section 5.4), 4 for 3 bytes.
    private static String text(SecureRandom random, int byteCount) {
        var bytes = new byte[byteCount];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
