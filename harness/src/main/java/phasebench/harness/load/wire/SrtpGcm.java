package phasebench.harness.load.wire;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// AEAD_AES_128_GCM (RFC 7714).
final class SrtpGcm extends SrtpContext {
    private static final int TAG_BYTES = 16;
    private static final int RTCP_HEADER_BYTES = 8;

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    private final byte[] iv = new byte[12];
    private final byte[] scratch = new byte[2048];

    SrtpGcm(SessionKeys rtp, SessionKeys rtcp) throws GeneralSecurityException {
        super(rtp, rtcp);
    }

    @Override
    public int protectRtp(byte[] packet, int length, long index) {
        int headerBytes = RtpHeader.headerBytes(packet, length);
        iv(rtp, RtpHeader.ssrc(packet), index);
        try {
            start(Cipher.ENCRYPT_MODE, rtp);
            cipher.updateAAD(packet, 0, headerBytes);
            int bytes = cipher.doFinal(packet, headerBytes, length - headerBytes, scratch);
            System.arraycopy(scratch, 0, packet, headerBytes, bytes);
            return headerBytes + bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a packet", e);
        }
    }

    @Override
    public int unprotectRtp(byte[] packet, int length, long index) {
        int headerBytes = RtpHeader.headerBytes(packet, length - TAG_BYTES);
        if (headerBytes < 0 || length > scratch.length) {
            return -1;
        }
        iv(rtp, RtpHeader.ssrc(packet), index);
        try {
            start(Cipher.DECRYPT_MODE, rtp);
            cipher.updateAAD(packet, 0, headerBytes);
            int bytes = cipher.doFinal(packet, headerBytes, length - headerBytes, scratch);
            System.arraycopy(scratch, 0, packet, headerBytes, bytes);
            return headerBytes + bytes;
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a packet", e);
        }
    }

    /// The tag stands before the index word, which is authenticated with the header (RFC 7714, section 9.2).
    @Override
    public int protectRtcp(byte[] packet, int length, int index) {
        iv(rtcp, Bytes.getInt(packet, 4), index);
        try {
            start(Cipher.ENCRYPT_MODE, rtcp);
            cipher.updateAAD(packet, 0, RTCP_HEADER_BYTES);
            cipher.updateAAD(Bytes.ofInt(index | 0x8000_0000));
            int bytes = cipher.doFinal(packet, RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES, scratch);
            System.arraycopy(scratch, 0, packet, RTCP_HEADER_BYTES, bytes);
            Bytes.putInt(packet, RTCP_HEADER_BYTES + bytes, index | 0x8000_0000);
            return RTCP_HEADER_BYTES + bytes + 4;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a packet", e);
        }
    }

    @Override
    public int unprotectRtcp(byte[] packet, int length) {
        int indexAt = length - 4;
        if (indexAt < RTCP_HEADER_BYTES + TAG_BYTES || length > scratch.length) {
            return -1;
        }
        int index = Bytes.getInt(packet, indexAt);
        if (index >= 0) {
            return -1; // sent in the clear, which WebRTC never does
        }
        iv(rtcp, Bytes.getInt(packet, 4), index & 0x7fff_ffff);
        try {
            start(Cipher.DECRYPT_MODE, rtcp);
            cipher.updateAAD(packet, 0, RTCP_HEADER_BYTES);
            cipher.updateAAD(packet, indexAt, 4);
            int bytes = cipher.doFinal(packet, RTCP_HEADER_BYTES, indexAt - RTCP_HEADER_BYTES, scratch);
            System.arraycopy(scratch, 0, packet, RTCP_HEADER_BYTES, bytes);
            return RTCP_HEADER_BYTES + bytes;
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a packet", e);
        }
    }

    private void start(int mode, SessionKeys keys) throws GeneralSecurityException {
        cipher.init(mode, keys.cipherKey, new GCMParameterSpec(8 * TAG_BYTES, iv));
    }

    /// 00 00 | SSRC | index as 48 bits, XOR salt (RFC 7714, sections 8.1 and 9.1).
    private void iv(SessionKeys keys, int ssrc, long index) {
        byte[] salt = keys.salt;
        System.arraycopy(salt, 0, iv, 0, iv.length);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
    }
}
