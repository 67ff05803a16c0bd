package phasebench.harness.load.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.load.media.TrackKind;
import phasebench.scenarios.ViewerLoad;

class SdpTest {
    private static final List<String> ANSWER = List.of(
            "v=0",
            "m=audio 0 UDP/TLS/RTP/SAVPF 111",
            "m=video 9 UDP/TLS/RTP/SAVPF 109",
            "a=setup:passive",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789012345678901",
            "a=fingerprint:sha-256 AA:BB",
            "a=rtpmap:109 H264/90000",
            "a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host");

    @Test
    void theSameSeedGivesTheSameOffer() {
        String offer = SdpOffer.of(new SplittableRandom(5), null).toSdp("sha-256 AA");

        assertThat(SdpOffer.of(new SplittableRandom(5), null).toSdp("sha-256 AA"))
                .isEqualTo(offer);
        assertThat(SdpOffer.of(new SplittableRandom(6), null).toSdp("sha-256 AA"))
                .isNotEqualTo(offer);
        assertThat(offer.lines()).contains("a=setup:actpass", "a=fingerprint:sha-256 AA", "a=rtpmap:103 H264/90000");
    }

    @Test
    void aLocalNameAddsOneCandidateAndNothingElse() {
        String offer = SdpOffer.of(new SplittableRandom(5), null).toSdp("sha-256 AA");
        String named = SdpOffer.of(new SplittableRandom(5), "0c3c.local").toSdp("sha-256 AA");
        String candidate = "a=candidate:1 1 udp 2113937151 0c3c.local 50000 typ host generation 0 network-cost 999\r\n";

        assertThat(named).containsOnlyOnce(candidate);
        assertThat(named.replace(candidate, "")).isEqualTo(offer);
    }

    @Test
    void everyViewerHasANameOfItsOwnThatTheSeedDecides() {
        ViewerChoice choice = new ViewerChoice(new ViewerLoad(2, 0, 0, true), 7);

        assertThat(choice.localName(0)).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.local");
        assertThat(choice.localName(1)).isNotEqualTo(choice.localName(0));
        assertThat(new ViewerChoice(new ViewerLoad(2, 0, 0, true), 7).localName(0))
                .isEqualTo(choice.localName(0));
        assertThat(new ViewerChoice(new ViewerLoad(2, 0, 0), 7).localName(0)).isNull();
    }

    @Test
    void anAnswerIsRead() throws Exception {
        SdpAnswer answer = SdpAnswer.parse(String.join("\r\n", ANSWER), List.of(TrackKind.VIDEO));

        assertThat(answer.username()).isEqualTo("abcd");
        assertThat(answer.address().getPort()).isEqualTo(8189);
        assertThat(answer.payloadType(TrackKind.VIDEO)).isEqualTo(109);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a=setup:passive         | a=setup:active                    | viewers are DTLS clients
                    a=ice-ufrag:abcd        | a=x                               | answer has no a=ice-ufrag: line
                    a=fingerprint:sha-256 AA:BB | a=x                           | answer has no a=fingerprint: line
                    a=rtpmap:109 H264/90000 | a=rtpmap:109 VP8/90000            | instead of H264
                    m=video 9 UDP/TLS/RTP/SAVPF 109 | m=video 0 UDP/TLS/RTP/SAVPF 109 | answer refuses video
                    a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host | a=x | answer has no UDP candidate
                    a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host | a=candidate:1 1 udp 1 host x typ host | \
                    without address and port
                    """)
    void whatAnAnswerLacksIsNamed(String line, String instead, String message) {
        String sdp = String.join("\r\n", ANSWER).replace(line, instead);

        assertThatThrownBy(() -> SdpAnswer.parse(sdp, List.of(TrackKind.VIDEO)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void soundIsReadWhereTheStreamHasItAndItsRefusalIsNamed() throws Exception {
        String refusing = String.join("\r\n", ANSWER);
        String willing = refusing.replace("m=audio 0 UDP/TLS/RTP/SAVPF 111", "m=audio 9 UDP/TLS/RTP/SAVPF 111")
                + "\r\na=rtpmap:111 opus/48000/2";
        List<TrackKind> both = List.of(TrackKind.VIDEO, TrackKind.AUDIO);

        assertThat(SdpAnswer.parse(willing, both).payloadType(TrackKind.AUDIO)).isEqualTo(111);
        assertThatThrownBy(() -> SdpAnswer.parse(refusing, both))
                .isInstanceOf(IOException.class)
                .hasMessage("answer refuses audio: m=audio 0 UDP/TLS/RTP/SAVPF 111");
    }

    @Test
    void dropsAreReadFromTheKernelsTable() {
        List<String> table = List.of(
                "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref"
                        + " pointer drops",
                " 1179: 0100007F:1F90 0100007F:2000 01 00000000:00000000 00:00000000 00000000     0        0 14 2 0 17",
                " 1180: 0100007F:1F91 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 15 2 0 5");

        assertThat(KernelDrops.sum(table, java.util.Set.of(0x1f90))).isEqualTo(17);
        assertThat(KernelDrops.sum(table, java.util.Set.of(0x1f90, 0x1f91))).isEqualTo(22);
    }
}
