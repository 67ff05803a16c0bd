package phasebench.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes the Binding requests of a controlling ICE agent (RFC 8445, section 7.1), apart from the relay's own code.
final class StunProbe {
    private static final int MAGIC_COOKIE = 0x2112A442;

    private StunProbe() {}

    static byte[] request(String ufrag, String password, boolean isNominating) {
        var transaction = new byte[12];
        new SecureRandom().nextBytes(transaction);
        var attributes = new ByteArrayOutputStream();
        attribute(attributes, 0x0006, (ufrag + ":peer").getBytes(StandardCharsets.UTF_8));
        attribute(attributes, 0x0024, ByteBuffer.allocate(4).putInt(1845501695).array());
        attribute(attributes, 0x802a, ByteBuffer.allocate(8).putLong(42).array());
        if (isNominating) {
            attribute(attributes, 0x0025, new byte[0]);
        }
        attribute(attributes, 0x0008, hmac(message(transaction, attributes, 24), password));
        var crc = new CRC32();
        crc.update(message(transaction, attributes, 8));
        attribute(
                attributes,
                0x8028,
                ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554E).array());
        return message(transaction, attributes, 0);
    }

    /// @param bytesToCome counted in the header's length, not yet there
    private static byte[] message(byte[] transaction, ByteArrayOutputStream attributes, int bytesToCome) {
        return ByteBuffer.allocate(20 + attributes.size())
                .putShort((short) 0x0001)
                .putShort((short) (attributes.size() + bytesToCome))
                .putInt(MAGIC_COOKIE)
                .put(transaction)
                .put(attributes.toByteArray())
                .array();
    }

    private static void attribute(ByteArrayOutputStream out, int type, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type)
                .putShort((short) value.length)
                .array());
        out.writeBytes(value);
        out.writeBytes(new byte[-value.length & 3]);
    }

    private static byte[] hmac(byte[] message, String password) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
