package phasebench.relay;

import java.util.List;
import phasebench.relay.srtp.SrtpProfile;

/// An offer as Chromium words it, with what a test wants to vary.
///
/// @param setup a=setup
/// @param media the m-lines, each with its attributes
/// @param profiles offered in DTLS
record TestOffer(String setup, String media, List<SrtpProfile> profiles) {
    static final String H264 = """
            m=video 9 UDP/TLS/RTP/SAVPF 102 103 108
            c=IN IP4 0.0.0.0
            a=mid:0
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:102 H264/90000
            a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f
            a=rtpmap:103 H264/90000
            a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f
            a=rtpmap:108 H264/90000
            a=rtcp-fb:108 nack
            a=rtcp-fb:108 nack pli
            a=rtcp-fb:108 ccm fir
            a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            """;
    static final String VP8 = """
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            a=mid:v
            a=recvonly
            a=rtcp-mux
            a=rtpmap:96 VP8/90000
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            """;
    static final String OPUS = """
            m=audio 9 UDP/TLS/RTP/SAVPF 111 0
            a=mid:1
            a=recvonly
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:0 PCMU/8000
            """;

    static TestOffer of(String... media) {
        return new TestOffer("actpass", String.join("", media), List.of(SrtpProfile.values()));
    }

    TestOffer withProfiles(SrtpProfile... offered) {
        return new TestOffer(setup, media, List.of(offered));
    }

    TestOffer withSetup(String value) {
        return new TestOffer(value, media, profiles);
    }

    String sdp(String fingerprint) {
        var session = """
                v=0
                o=- 1 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                a=ice-ufrag:peer
                a=ice-pwd:0123456789abcdefghijklmn
                """;
        var lines = session + "a=fingerprint:" + fingerprint + "\na=setup:" + setup + "\n" + media;
        return lines.replace("\n", "\r\n");
    }
}
