package phasebench.harness.load.viewer;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What a viewer offers by WHEP: an SDP like Chromium's for receiving one video and one audio track.
///
/// @param username ICE username fragment
/// @param password ICE password
/// @param sessionId SDP session id
/// @param localName of its one host candidate, such as `<uuid>.local`; null for no candidate
record SdpOffer(
        String username,
        String password,
        long sessionId,
        @Nullable String localName) {
    private static final String ICE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// The offer of one viewer, the same for the same random sequence.
    static SdpOffer of(SplittableRandom random, @Nullable String localName) {
        return new SdpOffer(characters(random, 4), characters(random, 24), random.nextLong(1L << 62), localName);
    }

    private static String characters(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ICE_CHARACTERS.charAt(random.nextInt(ICE_CHARACTERS.length())));
        }
        return text.toString();
    }

    /// The session description.
    ///
    /// @param fingerprint of the viewers' certificate, such as `sha-256 AB:CD:...`
    String toSdp(String fingerprint) {
        String transport = """
                c=IN IP4 0.0.0.0
                a=rtcp:9 IN IP4 0.0.0.0
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=ice-options:trickle
                a=fingerprint:%s
                a=setup:actpass
                """.formatted(username, password, fingerprint);
        String sdp = """
                v=0
                o=- %d 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                a=extmap-allow-mixed
                a=msid-semantic: WMS
                m=video 9 UDP/TLS/RTP/SAVPF 96 103 107 109
                %s%sa=mid:0
                a=recvonly
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtpmap:103 H264/90000
                a=rtcp-fb:103 nack
                a=rtcp-fb:103 nack pli
                a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
                a=rtpmap:107 H264/90000
                a=rtcp-fb:107 nack
                a=rtcp-fb:107 nack pli
                a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f
                a=rtpmap:109 H264/90000
                a=rtcp-fb:109 nack
                a=rtcp-fb:109 nack pli
                a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                %sa=mid:1
                a=recvonly
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 minptime=10;useinbandfec=1
                """.formatted(sessionId, transport, candidate(), transport);
        return sdp.replace("\n", "\r\n");
    }

    /// As Chromium writes it for a page that may not know the addresses of its machine; the port is not used.
    private String candidate() {
        return localName == null
                ? ""
                : "a=candidate:1 1 udp 2113937151 " + localName + " 50000 typ host generation 0 network-cost 999\n";
    }
}
