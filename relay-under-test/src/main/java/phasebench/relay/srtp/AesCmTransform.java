package phasebench.relay.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketMemory;
import phasebench.relay.buffer.PlainPacket;

/// AES in counter mode and HMAC-SHA1 cut to 80 bits (RFC 3711, sections 4.1.1 and 4.2.1), by the JDK's
/// providers.
///
/// Cipher and Mac objects live as long as the session; each packet sets the counter only.
final class AesCmTransform extends JceTransform {
    private static final int TAG_BYTES = SrtpProfile.AES_CM_128_HMAC_SHA1_80.rtpTagBytes();
    private static final int INDEX_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;

    private final Stream rtp;
    private final Stream rtcp;

    AesCmTransform(byte[] masterKey, byte[] masterSalt, BufferPool scratch) {
        KeyDerivation derivation = new KeyDerivation(masterKey, masterSalt);
        this(Stream.of(derivation, 0), Stream.of(derivation, KeyDerivation.RTCP), scratch);
    }

    private AesCmTransform(Stream rtp, Stream rtcp, BufferPool scratch) {
        super(scratch);
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /// Skips the derivation, as RFC 3711's appendix B.2 does.
    static AesCmTransform ofSessionKeys(byte[] key, byte[] salt, byte[] authenticationKey) {
        return new AesCmTransform(
                new Stream(key, salt, authenticationKey),
                new Stream(key, salt, authenticationKey),
                BufferPool.allocating());
    }

    @Override
    int sealRtp(PlainPacket packet, byte[] out, int outOffset, int ssrc, long index) {
        PacketMemory header = packet.header();
        int headerBytes = packet.headerBytes();
        int length = packet.length();
        System.arraycopy(header.heapArray(), header.offset(), out, outOffset, headerBytes);
        PacketMemory payload = packet.payload();
        rtp.crypt(
                payload.heapArray(),
                payload.offset(),
                packet.payloadBytes(),
                out,
                outOffset + headerBytes,
                ssrc,
                index);
        rtp.writeTag(out, outOffset, length, (int) (index >>> 16), outOffset + length);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] packet, int headerBytes, int length, byte[] out, int ssrc, long index) {
        int clearBytes = length - TAG_BYTES;
        if (clearBytes < headerBytes || !rtp.hasTag(packet, clearBytes, (int) (index >>> 16), clearBytes)) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, headerBytes);
        rtp.crypt(packet, headerBytes, clearBytes - headerBytes, out, headerBytes, ssrc, index);
        return clearBytes;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, byte[] out, int outOffset, int ssrc, int index) {
        System.arraycopy(packet, 0, out, outOffset, RTCP_HEADER_BYTES);
        int encryptedBytes = length - RTCP_HEADER_BYTES;
        rtcp.crypt(packet, RTCP_HEADER_BYTES, encryptedBytes, out, outOffset + RTCP_HEADER_BYTES, ssrc, index);
        int flagAndIndex = 0x8000_0000 | index;
        Bytes.putInt32(out, outOffset + length, flagAndIndex);
        rtcp.writeTag(out, outOffset, length, flagAndIndex, outOffset + length + INDEX_BYTES);
        return length + INDEX_BYTES + TAG_BYTES;
    }

    @Override
    public int openRtcp(byte[] packet, int length, byte[] out, int ssrc, int index) {
        int clearBytes = rtcpIndexOffset(length);
        if (clearBytes < RTCP_HEADER_BYTES
                || !rtcp.hasTag(packet, clearBytes, 0x8000_0000 | index, clearBytes + INDEX_BYTES)) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, RTCP_HEADER_BYTES);
        rtcp.crypt(packet, RTCP_HEADER_BYTES, clearBytes - RTCP_HEADER_BYTES, out, RTCP_HEADER_BYTES, ssrc, index);
        return clearBytes;
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return SrtpProfile.AES_CM_128_HMAC_SHA1_80.rtcpIndexOffset(length);
    }

    /// The keyed ciphers of either RTP or RTCP.
    private static final class Stream {
        private final byte[] salt;
        private final SecretKeySpec key;
        private final Cipher cipher;
        private final Mac mac;
        private final byte[] iv = new byte[16];
        private final byte[] word = new byte[4];
        private final byte[] digest = new byte[20];

        Stream(byte[] key, byte[] salt, byte[] authenticationKey) {
            this.salt = salt;
            this.key = new SecretKeySpec(key, "AES");
            try {
                this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
                this.mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK lacks AES/CTR or HmacSHA1", e);
            }
        }

        static Stream of(KeyDerivation derivation, int labelOffset) {
            return new Stream(
                    derivation.derive(KeyDerivation.RTP_ENCRYPTION + labelOffset, 16),
                    derivation.derive(KeyDerivation.RTP_SALT + labelOffset, 14),
                    derivation.derive(KeyDerivation.RTP_AUTHENTICATION + labelOffset, 20));
        }

        /// IV = salt * 2^16 xor SSRC * 2^64 xor index * 2^16 (RFC 3711, section 4.1.1).
        void crypt(byte[] in, int inOffset, int length, byte[] out, int outOffset, int ssrc, long index) {
            System.arraycopy(salt, 0, iv, 0, salt.length);
            iv[14] = 0;
            iv[15] = 0;
            Bytes.xorInt32(iv, 4, ssrc);
            Bytes.xorInt32(iv, 8, (int) (index >>> 16));
            Bytes.xorInt32(iv, 12, (int) (index << 16));
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                cipher.doFinal(in, inOffset, length, out, outOffset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES in counter mode failed", e);
            }
        }

        void writeTag(byte[] data, int offset, int length, int trailer, int tagOffset) {
            digest(data, offset, length, trailer);
            System.arraycopy(digest, 0, data, tagOffset, TAG_BYTES);
        }

        /// Compares in a time that does not depend on where the tags differ.
        boolean hasTag(byte[] data, int length, int trailer, int tagOffset) {
            digest(data, 0, length, trailer);
            int difference = 0;
            for (int i = 0; i < TAG_BYTES; i++) {
                difference |= digest[i] ^ data[tagOffset + i];
            }
            return difference == 0;
        }

        private void digest(byte[] data, int offset, int length, int trailer) {
            Bytes.putInt32(word, 0, trailer);
            mac.update(data, offset, length);
            mac.update(word);
            try {
                mac.doFinal(digest, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("HmacSHA1 wants more than 20 bytes", e);
            }
        }
    }
}
