package phasebench.relay.dtls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One direction of TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 (RFC 5288), the only cipher that our
/// handshakes agree on. It keeps key and salt and no cipher object: a session uses it once or twice.
final class RecordCipher {
    static final int KEY_BYTES = 16;
    static final int SALT_BYTES = 4;

    private static final int NONCE_BYTES = 8;
    private static final int TAG_BYTES = 16;

    private final SecretKeySpec key;
    private final byte[] salt;

    RecordCipher(byte[] key, byte[] salt) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt.clone();
    }

    /// The record of a content, with the sequence number for its nonce, as Bouncy Castle makes them; so no
    /// nonce comes twice as long as no sequence number does.
    ///
    /// @param epochAndSequence 16 and 48 bits
    byte[] seal(byte type, long epochAndSequence, byte[] content) {
        int fragmentBytes = NONCE_BYTES + content.length + TAG_BYTES;
        byte[] record = new byte[DtlsRecords.HEADER_BYTES + fragmentBytes];
        DtlsRecords.putHeader(record, 0, type, epochAndSequence, fragmentBytes);
        int nonceOffset = DtlsRecords.HEADER_BYTES;
        ByteBuffer.wrap(record).putLong(nonceOffset, epochAndSequence);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, record, nonceOffset);
            cipher.updateAAD(additionalData(record, 0, content.length));
            cipher.doFinal(content, 0, content.length, record, nonceOffset + NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
        return record;
    }

    /// The content of the record at `offset`, which is complete and long enough; null if it is not authentic.
    byte @Nullable [] open(byte[] datagram, int offset) {
        int nonceOffset = offset + DtlsRecords.HEADER_BYTES;
        int sealedBytes = DtlsRecords.end(datagram, offset) - nonceOffset - NONCE_BYTES;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, datagram, nonceOffset);
            cipher.updateAAD(additionalData(datagram, offset, sealedBytes - TAG_BYTES));
            return cipher.doFinal(datagram, nonceOffset + NONCE_BYTES, sealedBytes);
        } catch (AEADBadTagException _) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private Cipher cipher(int mode, byte[] record, int nonceOffset) throws GeneralSecurityException {
        byte[] nonce = Arrays.copyOf(salt, SALT_BYTES + NONCE_BYTES);
        System.arraycopy(record, nonceOffset, nonce, SALT_BYTES, NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        return cipher;
    }

    /// Epoch and sequence number, type, version, and the length of the content (RFC 6347, section 4.1.2.1).
    private static byte[] additionalData(byte[] datagram, int offset, int contentBytes) {
        return ByteBuffer.allocate(DtlsRecords.HEADER_BYTES)
                .put(datagram, offset + DtlsRecords.SEQUENCE_OFFSET, Long.BYTES)
                .put(datagram, offset, DtlsRecords.SEQUENCE_OFFSET)
                .putShort((short) contentBytes)
                .array();
    }
}
