package phasebench.relay.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketMemory;
import phasebench.relay.buffer.PlainPacket;

/// AES-128 in Galois/counter mode (RFC 7714), by the JDK's provider.
///
/// Cipher objects live as long as the session; each packet sets the nonce only. Heap arrays: the JDK's
/// GCM is slower on direct buffers.
final class AesGcmTransform extends JceTransform {
    private static final int TAG_BYTES = SrtpProfile.AEAD_AES_128_GCM.rtpTagBytes();
    private static final int INDEX_BYTES = 4;
    private static final int RTCP_HEADER_BYTES = 8;

    private final Stream rtp;
    private final Stream rtcp;
    private final byte[] word = new byte[4];

    AesGcmTransform(byte[] masterKey, byte[] masterSalt, BufferPool scratch) {
        KeyDerivation derivation = new KeyDerivation(masterKey, masterSalt);
        this(Stream.of(derivation, 0), Stream.of(derivation, KeyDerivation.RTCP), scratch);
    }

    private AesGcmTransform(Stream rtp, Stream rtcp, BufferPool scratch) {
        super(scratch);
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /// Skips the derivation, as RFC 7714's examples do.
    static AesGcmTransform ofSessionKeys(byte[] key, byte[] salt) {
        return new AesGcmTransform(new Stream(key, salt), new Stream(key, salt), BufferPool.allocating());
    }

    @Override
    int sealRtp(PlainPacket packet, byte[] out, int outOffset, int ssrc, long index) {
        PacketMemory header = packet.header();
        int headerBytes = packet.headerBytes();
        System.arraycopy(header.heapArray(), header.offset(), out, outOffset, headerBytes);
        Cipher cipher = rtp.sealing(ssrc, (int) (index >>> 16), (int) index & 0xffff);
        cipher.updateAAD(header.heapArray(), header.offset(), headerBytes);
        PacketMemory payload = packet.payload();
        int from = payload.offset();
        int to = from + packet.payloadBytes();
        return headerBytes + finish(cipher, payload.heapArray(), from, to, out, outOffset + headerBytes);
    }

    @Override
    public int openRtp(byte[] packet, int headerBytes, int length, byte[] out, int ssrc, long index) {
        if (length < headerBytes + TAG_BYTES) {
            return -1;
        }
        Cipher cipher = rtp.opening(ssrc, (int) (index >>> 16), (int) index & 0xffff);
        cipher.updateAAD(packet, 0, headerBytes);
        if (!opens(cipher, packet, headerBytes, length, out)) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, headerBytes);
        return length - TAG_BYTES;
    }

    /// The tag stands before the index here, unlike in RFC 3711 (RFC 7714, section 9.2).
    @Override
    public int sealRtcp(byte[] packet, int length, byte[] out, int outOffset, int ssrc, int index) {
        System.arraycopy(packet, 0, out, outOffset, RTCP_HEADER_BYTES);
        Cipher cipher = rtcp.sealing(ssrc, 0, index);
        addRtcpHeaderAndIndex(cipher, packet, index);
        int indexOffset = outOffset
                + RTCP_HEADER_BYTES
                + finish(cipher, packet, RTCP_HEADER_BYTES, length, out, outOffset + RTCP_HEADER_BYTES);
        System.arraycopy(word, 0, out, indexOffset, INDEX_BYTES);
        return indexOffset + INDEX_BYTES - outOffset;
    }

    @Override
    public int openRtcp(byte[] packet, int length, byte[] out, int ssrc, int index) {
        int sealedBytes = rtcpIndexOffset(length);
        if (sealedBytes < RTCP_HEADER_BYTES + TAG_BYTES) {
            return -1;
        }
        Cipher cipher = rtcp.opening(ssrc, 0, index);
        addRtcpHeaderAndIndex(cipher, packet, index);
        if (!opens(cipher, packet, RTCP_HEADER_BYTES, sealedBytes, out)) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, RTCP_HEADER_BYTES);
        return sealedBytes - TAG_BYTES;
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return SrtpProfile.AEAD_AES_128_GCM.rtcpIndexOffset(length);
    }

    private void addRtcpHeaderAndIndex(Cipher cipher, byte[] packet, int index) {
        Bytes.putInt32(word, 0, 0x8000_0000 | index);
        cipher.updateAAD(packet, 0, RTCP_HEADER_BYTES);
        cipher.updateAAD(word);
    }

    private static int finish(Cipher cipher, byte[] packet, int from, int to, byte[] out, int outOffset) {
        try {
            return cipher.doFinal(packet, from, to - from, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private static boolean opens(Cipher cipher, byte[] packet, int from, int to, byte[] out) {
        try {
            cipher.doFinal(packet, from, to - from, out, from);
            return true;
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /// The keyed cipher of either RTP or RTCP.
    private static final class Stream {
        private final byte[] salt;
        private final SecretKeySpec key;
        private final byte[] iv = new byte[12];
        private final byte[] lastIv = new byte[12];
        private Cipher cipher = newCipher();

        Stream(byte[] key, byte[] salt) {
            this.salt = salt;
            this.key = new SecretKeySpec(key, "AES");
        }

        static Stream of(KeyDerivation derivation, int labelOffset) {
            return new Stream(
                    derivation.derive(KeyDerivation.RTP_ENCRYPTION + labelOffset, 16),
                    derivation.derive(KeyDerivation.RTP_SALT + labelOffset, 12));
        }

        /// The JDK refuses to encrypt twice in a row under one nonce. A packet that is protected anew
        /// to answer a NACK is the same packet byte for byte, so that this is harmless here, and a
        /// fresh cipher forgets the last nonce.
        Cipher sealing(int ssrc, int high, int low) {
            setIv(ssrc, high, low);
            if (Arrays.equals(iv, lastIv)) {
                cipher = newCipher();
            }
            System.arraycopy(iv, 0, lastIv, 0, iv.length);
            return init(Cipher.ENCRYPT_MODE);
        }

        Cipher opening(int ssrc, int high, int low) {
            setIv(ssrc, high, low);
            return init(Cipher.DECRYPT_MODE);
        }

        /// RTP: 00 00, SSRC, rollover counter, sequence number (RFC 7714, section 8.1). RTCP: 00 00,
        /// SSRC, 00 00, index (section 9.1). Each is xored with the salt.
        private void setIv(int ssrc, int high, int low) {
            System.arraycopy(salt, 0, iv, 0, iv.length);
            Bytes.xorInt32(iv, 2, ssrc);
            Bytes.xorInt32(iv, 6, high);
            Bytes.xorInt32(iv, 8, low);
        }

        private Cipher init(int mode) {
            try {
                cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
                return cipher;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM refuses the nonce", e);
            }
        }

        private static Cipher newCipher() {
            try {
                return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK lacks AES/GCM", e);
            }
        }
    }
}
