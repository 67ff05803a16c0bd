package phasebench.harness.load.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// STUN messages of an ICE client that checks connectivity (RFC 8489; RFC 8445, section 7.1).
public final class StunMessage {
    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    /// Length of the header, and of the transaction id at its end.
    public static final int HEADER_BYTES = 20;

    public static final int TRANSACTION_BYTES = 12;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLING = 0x802a;

    private static final int MAGIC_COOKIE = 0x2112_a442;
    private static final int FINGERPRINT_XOR = 0x5354_554e;
    private static final int INTEGRITY_BYTES = 24;
    private static final int PRIORITY_OF_HOST_CANDIDATE = 0x6e7f_00ff;

    private StunMessage() {}

    /// Whether a datagram is STUN by its first byte and cookie (RFC 7983).
    public static boolean isStun(byte[] packet, int length) {
        return length >= HEADER_BYTES && (packet[0] & 0xfc) == 0 && Bytes.getInt(packet, 4) == MAGIC_COOKIE;
    }

    public static int type(byte[] packet) {
        return Bytes.getShort(packet, 0);
    }

    /// A nominating connectivity check, as Chromium sends it once it has chosen.
    ///
    /// @param username remote and local ufrag, joined by `:`
    /// @param password the remote side's
    public static byte[] bindingRequest(byte[] transaction, String username, String password, long tieBreaker) {
        byte[] name = username.getBytes(StandardCharsets.US_ASCII);
        int paddedName = (name.length + 3) / 4 * 4;
        byte[] out = new byte[HEADER_BYTES + 4 + paddedName + 12 + 4 + 8 + INTEGRITY_BYTES + 8];
        Bytes.putShort(out, 0, BINDING_REQUEST);
        Bytes.putInt(out, 4, MAGIC_COOKIE);
        System.arraycopy(transaction, 0, out, 8, TRANSACTION_BYTES);
        int at = attribute(out, HEADER_BYTES, USERNAME, name.length);
        System.arraycopy(name, 0, out, at, name.length);
        at = attribute(out, at + paddedName, ICE_CONTROLLING, 8);
        Bytes.putInt(out, at, (int) (tieBreaker >>> 32));
        Bytes.putInt(out, at + 4, (int) tieBreaker);
        at = attribute(out, at + 8, USE_CANDIDATE, 0);
        at = attribute(out, at, PRIORITY, 4);
        Bytes.putInt(out, at, PRIORITY_OF_HOST_CANDIDATE);
        seal(out, at + 4, password);
        return out;
    }

    /// Adds MESSAGE-INTEGRITY and FINGERPRINT at `at`, the last 32 bytes of `message` (RFC 8489, sections 14.5 and
    /// 14.7).
    public static void seal(byte[] message, int at, String password) {
        Bytes.putShort(message, 2, at + INTEGRITY_BYTES - HEADER_BYTES);
        byte[] mac = integrity(message, at, password);
        int value = attribute(message, at, MESSAGE_INTEGRITY, mac.length);
        System.arraycopy(mac, 0, message, value, mac.length);
        int fingerprintAt = value + mac.length;
        Bytes.putShort(message, 2, fingerprintAt + 8 - HEADER_BYTES);
        int crcAt = attribute(message, fingerprintAt, FINGERPRINT, 4);
        Bytes.putInt(message, crcAt, fingerprint(message, fingerprintAt));
    }

    /// Whether MESSAGE-INTEGRITY (and FINGERPRINT when there is one) hold under a short-term password.
    public static boolean isAuthentic(byte[] packet, int length, String password) {
        byte[] message = Arrays.copyOf(packet, length);
        int integrityAt = find(message, MESSAGE_INTEGRITY);
        if (integrityAt < 0 || Bytes.getShort(message, integrityAt + 2) != 20) {
            return false;
        }
        int fingerprintAt = find(message, FINGERPRINT);
        if (fingerprintAt >= 0 && Bytes.getInt(message, fingerprintAt + 4) != fingerprint(message, fingerprintAt)) {
            return false;
        }
        byte[] received = Arrays.copyOfRange(message, integrityAt + 4, integrityAt + 24);
        Bytes.putShort(message, 2, integrityAt + INTEGRITY_BYTES - HEADER_BYTES);
        return MessageDigest.isEqual(integrity(message, integrityAt, password), received);
    }

    /// Offset of an attribute's header, or -1 when the message lacks it or is malformed.
    static int find(byte[] message, int attribute) {
        int at = HEADER_BYTES;
        while (at + 4 <= message.length) {
            int bytes = Bytes.getShort(message, at + 2);
            if (at + 4 + bytes > message.length) {
                return -1;
            }
            if (Bytes.getShort(message, at) == attribute) {
                return at;
            }
            at += 4 + (bytes + 3) / 4 * 4;
        }
        return -1;
    }

    /// Value of the ERROR-CODE attribute's number, or 0 when there is none (RFC 8489, section 14.8).
    public static int errorCode(byte[] packet, int length) {
        byte[] message = Arrays.copyOf(packet, length);
        int at = find(message, 0x0009);
        return at < 0 || Bytes.getShort(message, at + 2) < 4 ? 0 : (message[at + 6] & 7) * 100 + message[at + 7];
    }

    private static int attribute(byte[] out, int at, int type, int bytes) {
        Bytes.putShort(out, at, type);
        Bytes.putShort(out, at + 2, bytes);
        return at + 4;
    }

    private static byte[] integrity(byte[] message, int length, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HmacSHA1", e);
        }
    }

    private static int fingerprint(byte[] message, int length) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }
}
