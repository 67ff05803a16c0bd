package phasebench.harness.load.wire;

import org.jspecify.annotations.Nullable;

/// An SRTP protection profile that viewers offer in DTLS (RFC 5764, section 4.1.2; RFC 7714, section 14.2).
public enum SrtpProfile {
    AES_CM_128_HMAC_SHA1_80(0x0001, 14, 10, 14),
    AEAD_AES_128_GCM(0x0007, 12, 16, 20);

    /// Both profiles have 128-bit master keys.
    public static final int KEY_BYTES = 16;

    private final int id;
    private final int saltBytes;
    private final int rtpOverheadBytes;
    private final int rtcpOverheadBytes;

    SrtpProfile(int id, int saltBytes, int rtpOverheadBytes, int rtcpOverheadBytes) {
        this.id = id;
        this.saltBytes = saltBytes;
        this.rtpOverheadBytes = rtpOverheadBytes;
        this.rtcpOverheadBytes = rtcpOverheadBytes;
    }

    public int id() {
        return id;
    }

    public int saltBytes() {
        return saltBytes;
    }

    /// What protection adds to an RTP packet.
    public int rtpOverheadBytes() {
        return rtpOverheadBytes;
    }

    /// What protection adds to an RTCP packet, the index word included.
    public int rtcpOverheadBytes() {
        return rtcpOverheadBytes;
    }

    /// Bytes to take from the DTLS exporter: two keys and two salts (RFC 5764, section 4.2).
    public int exportedBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }

    public static @Nullable SrtpProfile byId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }
}
