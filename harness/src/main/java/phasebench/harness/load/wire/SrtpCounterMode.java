package phasebench.harness.load.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711, sections 4.1.1 and 4.2).
final class SrtpCounterMode extends SrtpContext {
    private static final int TAG_BYTES = 10;
    private static final int RTCP_HEADER_BYTES = 8;

    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    private final Mac rtpMac = mac(rtp);
    private final Mac rtcpMac = mac(rtcp);
    private final byte[] iv = new byte[16];
    private final byte[] tag = new byte[20];

    SrtpCounterMode(SessionKeys rtp, SessionKeys rtcp) throws GeneralSecurityException {
        super(rtp, rtcp);
    }

    private static Mac mac(SessionKeys keys) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(keys.authenticationKey);
        return mac;
    }

    @Override
    public int protectRtp(byte[] packet, int length, long index) {
        int headerBytes = RtpHeader.headerBytes(packet, length);
        crypt(rtp, packet, headerBytes, length, RtpHeader.ssrc(packet), index);
        rtpTag(packet, length, index);
        System.arraycopy(tag, 0, packet, length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int unprotectRtp(byte[] packet, int length, long index) {
        int plainBytes = length - TAG_BYTES;
        int headerBytes = RtpHeader.headerBytes(packet, plainBytes);
        if (headerBytes < 0) {
            return -1;
        }
        rtpTag(packet, plainBytes, index);
        if (!hasTag(packet, plainBytes)) {
            return -1;
        }
        crypt(rtp, packet, headerBytes, plainBytes, RtpHeader.ssrc(packet), index);
        return plainBytes;
    }

    @Override
    public int protectRtcp(byte[] packet, int length, int index) {
        crypt(rtcp, packet, RTCP_HEADER_BYTES, length, Bytes.getInt(packet, 4), index);
        Bytes.putInt(packet, length, index | 0x8000_0000);
        rtcpTag(packet, length + 4);
        System.arraycopy(tag, 0, packet, length + 4, TAG_BYTES);
        return length + 4 + TAG_BYTES;
    }

    @Override
    public int unprotectRtcp(byte[] packet, int length) {
        int indexAt = length - TAG_BYTES - 4;
        if (indexAt < RTCP_HEADER_BYTES) {
            return -1;
        }
        rtcpTag(packet, indexAt + 4);
        if (!hasTag(packet, indexAt + 4)) {
            return -1;
        }
        int index = Bytes.getInt(packet, indexAt);
        if (index < 0) {
            crypt(rtcp, packet, RTCP_HEADER_BYTES, indexAt, Bytes.getInt(packet, 4), index & 0x7fff_ffff);
        }
        return indexAt;
    }

    /// IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).
    private void crypt(SessionKeys keys, byte[] packet, int from, int to, int ssrc, long index) {
        Arrays.fill(iv, (byte) 0);
        System.arraycopy(keys.salt, 0, iv, 0, keys.salt.length);
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, keys.cipherKey, new IvParameterSpec(iv));
            cipher.doFinal(packet, from, to - from, packet, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR refused a packet", e);
        }
    }

    private void rtpTag(byte[] packet, int length, long index) {
        rtpMac.update(packet, 0, length);
        for (int shift = 40; shift >= 16; shift -= 8) {
            rtpMac.update((byte) (index >>> shift));
        }
        finish(rtpMac);
    }

    private void rtcpTag(byte[] packet, int length) {
        rtcpMac.update(packet, 0, length);
        finish(rtcpMac);
    }

    private void finish(Mac mac) {
        try {
            mac.doFinal(tag, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 refused its buffer", e);
        }
    }

    private boolean hasTag(byte[] packet, int at) {
        return MessageDigest.isEqual(Arrays.copyOf(tag, TAG_BYTES), Arrays.copyOfRange(packet, at, at + TAG_BYTES));
    }
}
