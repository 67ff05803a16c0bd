package phasebench.relay.srtp;

import org.jspecify.annotations.Nullable;

/// A DTLS-SRTP protection profile.
public enum SrtpProfile {
    /// RFC 5764, section 4.1.2.
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10),

    /// RFC 7714, section 14.2.
    AEAD_AES_128_GCM(0x0007, 16, 12, 16);

    /// The longest tag of any profile.
    public static final int TAG_BYTES_MAX = 16;

    private static final int RTCP_INDEX_BYTES = 4;

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /// The profile with this number in the IANA registry, or null if it is not one of ours.
    public static @Nullable SrtpProfile byId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /// Number in the IANA registry of DTLS-SRTP protection profiles.
    public int id() {
        return id;
    }

    /// Size of the master key.
    public int keyBytes() {
        return keyBytes;
    }

    /// Size of the master salt.
    public int saltBytes() {
        return saltBytes;
    }

    /// How much longer an RTP packet becomes.
    public int rtpTagBytes() {
        return tagBytes;
    }

    /// How much longer an RTCP packet becomes: the tag and the index.
    public int rtcpOverheadBytes() {
        return tagBytes + RTCP_INDEX_BYTES;
    }

    /// Where the index stands in an SRTCP packet of that length: in front of the tag in RFC 3711 (section
    /// 3.4), behind it in RFC 7714 (section 9.2).
    int rtcpIndexOffset(int length) {
        return switch (this) {
            case AES_CM_128_HMAC_SHA1_80 -> length - tagBytes - RTCP_INDEX_BYTES;
            case AEAD_AES_128_GCM -> length - RTCP_INDEX_BYTES;
        };
    }
}
