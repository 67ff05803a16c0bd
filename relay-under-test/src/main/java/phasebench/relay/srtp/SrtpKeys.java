package phasebench.relay.srtp;

import java.util.Arrays;

/// The master keys and salts of one session, seen from our side. Holds copies; prints no secret.
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] sendKey;
    private final byte[] sendSalt;
    private final byte[] receiveKey;
    private final byte[] receiveSalt;

    /// Throws IllegalArgumentException if a key or salt does not have the profile's size.
    public SrtpKeys(SrtpProfile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
        this.profile = profile;
        this.sendKey = copyOfSize("sendKey", sendKey, profile.keyBytes());
        this.sendSalt = copyOfSize("sendSalt", sendSalt, profile.saltBytes());
        this.receiveKey = copyOfSize("receiveKey", receiveKey, profile.keyBytes());
        this.receiveSalt = copyOfSize("receiveSalt", receiveSalt, profile.saltBytes());
    }

    /// Cuts what DTLS exported into client key, server key, client salt, server salt (RFC 5764, section
    /// 4.2), for the client; its `reversed` are those of the server.
    public static SrtpKeys ofClient(SrtpProfile profile, byte[] exported) {
        int key = profile.keyBytes();
        int salt = profile.saltBytes();
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(exported, 0, key),
                Arrays.copyOfRange(exported, 2 * key, 2 * key + salt),
                Arrays.copyOfRange(exported, key, 2 * key),
                Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt)));
    }

    /// How many bytes DTLS exports for both directions.
    public static int exportedBytes(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    /// The same keys as the other side sees them.
    public SrtpKeys reversed() {
        return new SrtpKeys(profile, receiveKey, receiveSalt, sendKey, sendSalt);
    }

    public SrtpProfile profile() {
        return profile;
    }

    /// A copy.
    public byte[] sendKey() {
        return sendKey.clone();
    }

    /// A copy.
    public byte[] sendSalt() {
        return sendSalt.clone();
    }

    /// A copy.
    public byte[] receiveKey() {
        return receiveKey.clone();
    }

    /// A copy.
    public byte[] receiveSalt() {
        return receiveSalt.clone();
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }

    private static byte[] copyOfSize(String name, byte[] bytes, int size) {
        if (bytes.length != size) {
            throw new IllegalArgumentException(name + " has " + bytes.length + " bytes, not " + size);
        }
        return bytes.clone();
    }
}
