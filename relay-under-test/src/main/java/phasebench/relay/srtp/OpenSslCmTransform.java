package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;

/// AES in counter mode and HMAC-SHA1 cut to 80 bits (RFC 3711, sections 4.1.1 and 4.2.1), by libcrypto.
final class OpenSslCmTransform extends OpenSslTransform {
    private static final int TAG_BYTES = SrtpProfile.AES_CM_128_HMAC_SHA1_80.rtpTagBytes();

    private final Stream rtp;
    private final Stream rtcp;

    OpenSslCmTransform(byte[] masterKey, byte[] masterSalt) {
        KeyDerivation derivation = new KeyDerivation(masterKey, masterSalt);
        this(Stream.of(derivation, 0), Stream.of(derivation, KeyDerivation.RTCP));
    }

    private OpenSslCmTransform(Stream rtp, Stream rtcp) {
        super(rtp.cipher, rtcp.cipher);
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /// Skips the derivation, as RFC 3711's appendix B.2 does.
    static OpenSslCmTransform ofSessionKeys(byte[] key, byte[] salt, byte[] authenticationKey) {
        return new OpenSslCmTransform(
                new Stream(key, salt, authenticationKey), new Stream(key, salt, authenticationKey));
    }

    @Override
    public int sealRtp(PlainPacket packet, PacketBuffer out, int ssrc, long index) {
        int headerBytes = packet.headerBytes();
        int length = packet.length();
        MemorySegment wire = out.segment();
        MemorySegment.copy(packet.header().segment(), 0, wire, 0, headerBytes);
        rtp.crypt(packet.payload().segment(), packet.payloadBytes(), payload(out, headerBytes), ssrc, index);
        // where the tag will be: one update of the digest then does for packet and rollover counter
        wire.set(WORD, length, (int) (index >>> 16));
        rtp.writeTag(wire, length + INDEX_BYTES, length);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] packet, int headerBytes, int length, byte[] out, int ssrc, long index) {
        int clearBytes = length - TAG_BYTES;
        if (clearBytes < headerBytes || !rtp.hasRtpTag(packet, clearBytes, (int) (index >>> 16))) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, headerBytes);
        rtp.crypt(from(packet, headerBytes), clearBytes - headerBytes, from(out, headerBytes), ssrc, index);
        return clearBytes;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, byte[] out, int outOffset, int ssrc, int index) {
        MemorySegment wire = from(out, outOffset);
        System.arraycopy(packet, 0, out, outOffset, RTCP_HEADER_BYTES);
        MemorySegment payload = from(packet, RTCP_HEADER_BYTES);
        rtcp.crypt(payload, length - RTCP_HEADER_BYTES, wire.asSlice(RTCP_HEADER_BYTES), ssrc, index);
        wire.set(WORD, length, 0x8000_0000 | index);
        rtcp.writeTag(wire, length + INDEX_BYTES, length + INDEX_BYTES);
        return length + INDEX_BYTES + TAG_BYTES;
    }

    @Override
    public int openRtcp(byte[] packet, int length, byte[] out, int ssrc, int index) {
        int clearBytes = rtcpIndexOffset(length);
        if (clearBytes < RTCP_HEADER_BYTES || !rtcp.hasRtcpTag(packet, clearBytes + INDEX_BYTES)) {
            return -1;
        }
        System.arraycopy(packet, 0, out, 0, RTCP_HEADER_BYTES);
        int payloadBytes = clearBytes - RTCP_HEADER_BYTES;
        rtcp.crypt(from(packet, RTCP_HEADER_BYTES), payloadBytes, from(out, RTCP_HEADER_BYTES), ssrc, index);
        return clearBytes;
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return SrtpProfile.AES_CM_128_HMAC_SHA1_80.rtcpIndexOffset(length);
    }

    /// The keyed cipher and digest of either RTP or RTCP.
    private static final class Stream {
        private final byte[] salt;
        private final EvpCipher cipher;
        private final HmacSha1 mac;
        private final MemorySegment rolloverCounter = MemorySegment.ofArray(new byte[INDEX_BYTES]);

        Stream(byte[] key, byte[] salt, byte[] authenticationKey) {
            this.salt = salt;
            this.cipher = new EvpCipher(LibCrypto.Cipher.AES_128_CTR, key);
            this.mac = new HmacSha1(authenticationKey);
        }

        static Stream of(KeyDerivation derivation, int labelOffset) {
            return new Stream(
                    derivation.derive(KeyDerivation.RTP_ENCRYPTION + labelOffset, 16),
                    derivation.derive(KeyDerivation.RTP_SALT + labelOffset, 14),
                    derivation.derive(KeyDerivation.RTP_AUTHENTICATION + labelOffset, 20));
        }

        /// IV = salt * 2^16 xor SSRC * 2^64 xor index * 2^16 (RFC 3711, section 4.1.1).
        void crypt(MemorySegment in, int length, MemorySegment out, int ssrc, long index) {
            byte[] iv = cipher.iv();
            System.arraycopy(salt, 0, iv, 0, salt.length);
            iv[14] = 0;
            iv[15] = 0;
            Bytes.xorInt32(iv, 4, ssrc);
            Bytes.xorInt32(iv, 8, (int) (index >>> 16));
            Bytes.xorInt32(iv, 12, (int) (index << 16));
            // deciphering is the same
            cipher.begin(LibCrypto.Mode.ENCRYPT);
            try {
                cipher.crypt(in, length, out);
            } finally {
                cipher.end();
            }
        }

        void writeTag(MemorySegment packet, int authenticatedBytes, int tagOffset) {
            mac.begin();
            mac.update(packet, authenticatedBytes);
            mac.end();
            packet.set(WORD, tagOffset, mac.word(0));
            packet.set(WORD, tagOffset + 4L, mac.word(1));
            packet.set(HALF_WORD, tagOffset + 8L, (short) (mac.word(2) >>> 16));
        }

        boolean hasRtpTag(byte[] packet, int length, int rollover) {
            rolloverCounter.set(WORD, 0, rollover);
            mac.begin();
            mac.update(MemorySegment.ofArray(packet), length);
            mac.update(rolloverCounter, INDEX_BYTES);
            mac.end();
            return isTag(packet, length);
        }

        boolean hasRtcpTag(byte[] packet, int authenticatedBytes) {
            mac.begin();
            mac.update(MemorySegment.ofArray(packet), authenticatedBytes);
            mac.end();
            return isTag(packet, authenticatedBytes);
        }

        /// Compares in a time that does not depend on where the tags differ.
        private boolean isTag(byte[] packet, int offset) {
            int difference = mac.word(0) ^ Bytes.int32(packet, offset);
            difference |= mac.word(1) ^ Bytes.int32(packet, offset + 4);
            // the last four of the ten bytes, two of them for the second time
            difference |= (mac.word(1) << 16 | mac.word(2) >>> 16) ^ Bytes.int32(packet, offset + 6);
            return difference == 0;
        }
    }
}
