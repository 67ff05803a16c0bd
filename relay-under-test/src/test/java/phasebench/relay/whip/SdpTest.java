package phasebench.relay.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.webrtc.IceCredentials;

class SdpTest {
    private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "AB";
    private static final String SESSION = "v=0\na=setup:actpass\na=fingerprint:sha-512 00\na=fingerprint:"
            + FINGERPRINT.toLowerCase(java.util.Locale.ROOT) + "\na=ice-ufrag:u\na=ice-pwd:p\n";
    private static final TrackFormat OPUS = new TrackFormat.Opus(2);

    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8189);

    private final Negotiation negotiation = new Negotiation(ADDRESS, FINGERPRINT, true);

    @Test
    void theFirstSha256FingerprintIsTaken() throws SdpException {
        var offer = SdpParser.parse(SESSION + "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0\n");
        assertThat(offer.fingerprint()).isEqualTo(FINGERPRINT);
        assertThat(offer.setup()).isEqualTo(SdpOffer.Setup.ACTPASS);
    }

    @Test
    void iceAndFingerprintMayStandInTheMediaSection() throws SdpException {
        var offer = SdpParser.parse("v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0\n" + SESSION.substring(4));
        assertThat(offer.fingerprint()).isEqualTo(FINGERPRINT);
    }

    @Test
    void namesOfHostCandidatesAreKeptOnce() throws SdpException {
        var audio = "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0\n";
        var offer = SdpParser.parse(SESSION + audio
                + "a=candidate:1 1 udp 2113937151 3f0e.local 50000 typ host generation 0 network-cost 999\n"
                + "a=candidate:2 1 tcp 1518280447 3f0e.local 9 typ host tcptype active\n"
                + "a=candidate:3 1 UDP 2113937151 3F0F-a.LOCAL 50001 typ host\n"
                + "a=candidate:4 1 udp 2113937151 192.0.2.1 50002 typ host\n"
                + "a=candidate:5 1 udp 1677729535 3f10.local 50003 typ srflx raddr 0.0.0.0 rport 0\n"
                + "a=candidate:6 1 udp 2113937151 a.b.local 50004 typ host\n"
                + "a=candidate:7 1 udp 2113937151 .local 50005 typ host\n"
                + "a=candidate:8 1 udp 2113937151 3f11.local\n");
        assertThat(offer.localNames()).containsExactly("3f0e.local", "3F0F-a.LOCAL");
    }

    @Test
    void anOfferOfManyNamesDoesNotMakeTheRelayAskForAll() throws SdpException {
        var sdp = new StringBuilder(SESSION + "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0\n");
        for (int i = 0; i < 1000; i++) {
            sdp.append("a=candidate:1 1 udp 1 n" + i + ".local 5 typ host\n");
        }
        assertThat(SdpParser.parse(sdp.toString()).localNames()).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "x-video 9 UDP/TLS/RTP/SAVPF 0, not 'kind port protocol formats'",
        "audio, not 'kind port protocol formats'",
        "audio 9 UDP/TLS/RTP/SAVPF, not 'kind port protocol formats'"
    })
    void aBrokenMediaLineIsNamed(String line, String reason) {
        assertThatThrownBy(() -> SdpParser.parse(SESSION + "m=" + line + "\na=mid:0\n"))
                .isInstanceOf(SdpException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "42c01f, 42e01f, 42001f 4d001f 42e01f 64001f",
        "42e01f, 42001f, 4d001f 42001f 640032",
        "42001f, 4d001f, 42e01f 64001f 4d001f",
        "4d401f, 4d001f, 42e01f 4d001f 64001f",
        "64001f, 640032, 42e01f 4d001f 640032",
        "64001f, 42001f, 42e01f 42001f",
        "f4001f, f4001f, 42e01f f4001f"
    })
    void theH264ProfileThatFitsBestIsChosen(String stream, String chosen, String offered) throws SdpException {
        var media = new StringBuilder("m=video 9 UDP/TLS/RTP/SAVPF 95");
        var attributes = new StringBuilder("a=rtpmap:95 H264/90000\na=fmtp:95 profile-level-id=" + stream + "\n");
        int payloadType = 96;
        for (var profile : offered.split(" ", -1)) {
            media.append(' ').append(payloadType);
            attributes
                    .append("a=rtpmap:" + payloadType + " H264/90000\n")
                    .append("a=fmtp:" + payloadType++ + " packetization-mode=1; profile-level-id=" + profile + "\n");
        }
        var answer = answer(SESSION + media + "\na=mid:0\n" + attributes, new TrackFormat.H264(stream));
        assertThat(answer).containsPattern("a=fmtp:\\d+ packetization-mode=1; profile-level-id=" + chosen + "\r\n");
        assertThat(answer).doesNotContain(" 95\r\n");
    }

    @Test
    void eachTrackGoesToTheFirstMediaLineThatCanReceiveIt() throws SdpException {
        var audio = "\na=rtpmap:111 OPUS/48000/2\n";
        var answer = answer(
                SESSION
                        + ("m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:a\na=sendonly" + audio)
                        + ("m=audio 0 UDP/TLS/RTP/SAVPF 111\na=mid:b" + audio)
                        + ("m=audio 0 UDP/TLS/RTP/SAVPF 111\na=mid:c\na=bundle-only" + audio)
                        + ("m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:d" + audio)
                        + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:e\n",
                OPUS);
        assertThat(answer)
                .contains("a=group:BUNDLE c\r\n", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n")
                .containsOnlyOnce("m=audio 8189 ")
                .containsOnlyOnce("a=ssrc:")
                .contains("a=rtpmap:111 OPUS/48000/2\r\n");
        assertThat(answer.split("a=inactive", -1)).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"actpass, passive, SERVER", "active, passive, SERVER", "passive, active, CLIENT"})
    void weTakeTheOtherDtlsRole(String offered, String answered, DtlsSession.Role role) throws SdpException {
        var sdp = SESSION.replace("actpass", offered)
                + "m=audio 9 UDP/TLS/RTP/SAVPF 1\na=mid:0\na=rtpmap:1 opus/48000/2\n";
        assertThat(answer(sdp, OPUS)).contains("a=setup:" + answered + "\r\n");
        var offer = SdpParser.parse(sdp);
        assertThat(negotiation
                        .peer(negotiation.lines(List.of(OPUS), offer), offer)
                        .role())
                .isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({"true, nack;nack pli", "false, nack pli"})
    void nackIsAnsweredWhereItIsOfferedForVideoAndLostPacketsAreKept(boolean answersNack, String expected)
            throws SdpException {
        var sdp = SESSION + """
                m=video 9 UDP/TLS/RTP/SAVPF 96
                a=mid:0
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 goog-remb
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                a=mid:1
                a=rtpmap:111 opus/48000/2
                a=rtcp-fb:111 nack
                """;
        var answer = answer(new Negotiation(ADDRESS, FINGERPRINT, answersNack), sdp, new TrackFormat.Vp8(), OPUS);
        assertThat(answer.lines().filter(line -> line.startsWith("a=rtcp-fb:")))
                .isEqualTo(List.of(expected.split(";", -1)).stream()
                        .map(feedback -> "a=rtcp-fb:96 " + feedback)
                        .toList());
        var withoutNack = sdp.replace("a=rtcp-fb:96 nack\n", "");
        assertThat(answer(new Negotiation(ADDRESS, FINGERPRINT, true), withoutNack, new TrackFormat.Vp8()))
                .doesNotContain(" nack\r\n");
    }

    private String answer(String sdp, TrackFormat... tracks) throws SdpException {
        return answer(negotiation, sdp, tracks);
    }

    private static String answer(Negotiation negotiation, String sdp, TrackFormat... tracks) throws SdpException {
        var offer = SdpParser.parse(sdp);
        return negotiation.answer(new IceCredentials("u", "p"), offer, negotiation.lines(List.of(tracks), offer));
    }
}
