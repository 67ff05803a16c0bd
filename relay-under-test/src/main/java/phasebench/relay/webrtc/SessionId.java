package phasebench.relay.webrtc;

import java.security.SecureRandom;
import java.util.Base64;

/// Names of one session.
///
/// @param number counts from 1; for the log
/// @param secret 128 random bits; for the address that WHEP gives out
/// @param credentials by which ICE knows it
record SessionId(long number, String secret, IceCredentials credentials) {
    static SessionId random(long number, SecureRandom random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new SessionId(number, secret, IceCredentials.random(random));
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "SessionId[" + number + "]";
    }
}
