package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;

/// AES-128 in Galois/counter mode (RFC 7714), by libcrypto.
final class OpenSslGcmTransform extends OpenSslTransform {
    private static final int TAG_BYTES = SrtpProfile.AEAD_AES_128_GCM.rtpTagBytes();

    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final MemorySegment tag = MemorySegment.ofArray(new byte[TAG_BYTES]);
    private final MemorySegment flagAndIndex = MemorySegment.ofArray(new byte[INDEX_BYTES]);

    OpenSslGcmTransform(byte[] masterKey, byte[] masterSalt) {
        KeyDerivation derivation = new KeyDerivation(masterKey, masterSalt);
        this(
                derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16),
                derivation.derive(KeyDerivation.RTP_SALT, 12),
                derivation.derive(KeyDerivation.RTP_ENCRYPTION + KeyDerivation.RTCP, 16),
                derivation.derive(KeyDerivation.RTP_SALT + KeyDerivation.RTCP, 12));
    }

    private OpenSslGcmTransform(byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt) {
        super(
                new EvpCipher(LibCrypto.Cipher.AES_128_GCM, rtpKey),
                new EvpCipher(LibCrypto.Cipher.AES_128_GCM, rtcpKey));
        this.rtpSalt = rtpSalt;
        this.rtcpSalt = rtcpSalt;
    }

    /// Skips the derivation, as RFC 7714's examples do.
    static OpenSslGcmTransform ofSessionKeys(byte[] key, byte[] salt) {
        return new OpenSslGcmTransform(key, salt, key, salt);
    }

    @Override
    public int sealRtp(PlainPacket packet, PacketBuffer out, int ssrc, long index) {
        int headerBytes = packet.headerBytes();
        int length = packet.length();
        MemorySegment wire = out.segment();
        MemorySegment.copy(packet.header().segment(), 0, wire, 0, headerBytes);
        beginRtp(LibCrypto.Mode.ENCRYPT, ssrc, index);
        try {
            rtpCipher.authenticate(wire, headerBytes);
            rtpCipher.crypt(packet.payload().segment(), packet.payloadBytes(), payload(out, headerBytes));
            rtpCipher.writeTag(tag);
        } finally {
            rtpCipher.end();
        }
        MemorySegment.copy(tag, 0, wire, length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] packet, int headerBytes, int length, byte[] out, int ssrc, long index) {
        int clearBytes = length - TAG_BYTES;
        if (clearBytes < headerBytes) {
            return -1;
        }
        beginRtp(LibCrypto.Mode.DECRYPT, ssrc, index);
        try {
            rtpCipher.authenticate(MemorySegment.ofArray(packet), headerBytes);
            if (!opens(rtpCipher, packet, headerBytes, clearBytes, out)) {
                return -1;
            }
        } finally {
            rtpCipher.end();
        }
        System.arraycopy(packet, 0, out, 0, headerBytes);
        return clearBytes;
    }

    /// The tag stands before the index here, unlike in RFC 3711 (RFC 7714, section 9.2).
    @Override
    public int sealRtcp(byte[] packet, int length, byte[] out, int outOffset, int ssrc, int index) {
        MemorySegment wire = from(out, outOffset);
        MemorySegment plain = MemorySegment.ofArray(packet);
        beginRtcp(LibCrypto.Mode.ENCRYPT, plain, ssrc, index);
        try {
            int payloadBytes = length - RTCP_HEADER_BYTES;
            rtcpCipher.crypt(plain.asSlice(RTCP_HEADER_BYTES), payloadBytes, wire.asSlice(RTCP_HEADER_BYTES));
            rtcpCipher.writeTag(tag);
        } finally {
            rtcpCipher.end();
        }
        MemorySegment.copy(plain, 0, wire, 0, RTCP_HEADER_BYTES);
        MemorySegment.copy(tag, 0, wire, length, TAG_BYTES);
        MemorySegment.copy(flagAndIndex, 0, wire, length + TAG_BYTES, INDEX_BYTES);
        return length + TAG_BYTES + INDEX_BYTES;
    }

    @Override
    public int openRtcp(byte[] packet, int length, byte[] out, int ssrc, int index) {
        int clearBytes = rtcpIndexOffset(length) - TAG_BYTES;
        if (clearBytes < RTCP_HEADER_BYTES) {
            return -1;
        }
        beginRtcp(LibCrypto.Mode.DECRYPT, MemorySegment.ofArray(packet), ssrc, index);
        try {
            if (!opens(rtcpCipher, packet, RTCP_HEADER_BYTES, clearBytes, out)) {
                return -1;
            }
        } finally {
            rtcpCipher.end();
        }
        System.arraycopy(packet, 0, out, 0, RTCP_HEADER_BYTES);
        return clearBytes;
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return SrtpProfile.AEAD_AES_128_GCM.rtcpIndexOffset(length);
    }

    /// Decrypts from `from` to the tag, which begins at `to`, and says whether it is right.
    private boolean opens(EvpCipher cipher, byte[] packet, int from, int to, byte[] out) {
        cipher.crypt(from(packet, from), to - from, from(out, from));
        MemorySegment.copy(MemorySegment.ofArray(packet), to, tag, 0, TAG_BYTES);
        return cipher.hasTag(tag);
    }

    private void beginRtp(LibCrypto.Mode mode, int ssrc, long index) {
        setIv(rtpCipher.iv(), rtpSalt, ssrc, (int) (index >>> 16), (int) index & 0xffff);
        rtpCipher.begin(mode);
    }

    private void beginRtcp(LibCrypto.Mode mode, MemorySegment packet, int ssrc, int index) {
        setIv(rtcpCipher.iv(), rtcpSalt, ssrc, 0, index);
        rtcpCipher.begin(mode);
        flagAndIndex.set(WORD, 0, 0x8000_0000 | index);
        rtcpCipher.authenticate(packet, RTCP_HEADER_BYTES);
        rtcpCipher.authenticate(flagAndIndex, INDEX_BYTES);
    }

    /// RTP: 00 00, SSRC, rollover counter, sequence number (RFC 7714, section 8.1). RTCP: 00 00, SSRC, 00 00,
    /// index (section 9.1). Each is xored with the salt.
    private static void setIv(byte[] iv, byte[] salt, int ssrc, int high, int low) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        Bytes.xorInt32(iv, 2, ssrc);
        Bytes.xorInt32(iv, 6, high);
        Bytes.xorInt32(iv, 8, low);
    }
}
