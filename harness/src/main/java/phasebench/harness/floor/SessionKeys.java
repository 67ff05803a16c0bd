package phasebench.harness.floor;

import java.util.Random;

/// Keys of one destination, as SRTP's derivation would give them; anybody may know these.
final class SessionKeys {
    private final byte[] cipherKey = new byte[16];
    private final byte[] salt = new byte[14];
    private final byte[] authenticationKey = new byte[20];

    private SessionKeys() {}

    static SessionKeys ofDestination(int destination) {
        Random random = new Random(destination);
        SessionKeys keys = new SessionKeys();
        random.nextBytes(keys.cipherKey);
        random.nextBytes(keys.salt);
        random.nextBytes(keys.authenticationKey);
        return keys;
    }

    byte[] cipherKey() {
        return cipherKey;
    }

    byte[] salt() {
        return salt;
    }

    byte[] authenticationKey() {
        return authenticationKey;
    }
}
