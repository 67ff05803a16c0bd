package phasebench.harness.floor;

import java.util.Random;

/// Keys of one destination, as SRTP's derivation would give them; anybody may know these.
record SessionKeys(byte[] cipherKey, byte[] salt, byte[] authenticationKey) {
    static SessionKeys ofDestination(int destination) {
        Random random = new Random(destination);
        SessionKeys keys = new SessionKeys(new byte[16], new byte[14], new byte[20]);
        random.nextBytes(keys.cipherKey);
        random.nextBytes(keys.salt);
        random.nextBytes(keys.authenticationKey);
        return keys;
    }
}
