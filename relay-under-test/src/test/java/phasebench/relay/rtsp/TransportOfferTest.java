package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportOfferTest {
    @Test
    void interleavedAsFfmpegAndGstreamerWriteIt() throws Exception {
        assertThat(TransportOffer.parse("RTP/AVP/TCP;unicast;interleaved=2-3;mode=record"))
                .isEqualTo(new TransportOffer.Interleaved(2));
        assertThat(TransportOffer.parse("RTP/AVP/TCP;unicast;mode=\"RECORD\"; interleaved=254"))
                .isEqualTo(new TransportOffer.Interleaved(254));
        assertThat(TransportOffer.parse("RTP/AVP/TCP")).isEqualTo(new TransportOffer.Interleaved(-1));
    }

    @Test
    void udpAsFfmpegWritesIt() throws Exception {
        assertThat(TransportOffer.parse("RTP/AVP/UDP;unicast;client_port=8472-8473;mode=record"))
                .isEqualTo(new TransportOffer.Udp("RTP/AVP/UDP", 8472, 8473));
        assertThat(TransportOffer.parse("RTP/AVP;unicast;client_port=9000;mode=receive"))
                .isEqualTo(new TransportOffer.Udp("RTP/AVP", 9000, 9001));
    }

    @Test
    void theFirstTransportThatCanBeDoneIsTaken() throws Exception {
        assertThat(TransportOffer.parse(
                        "RTP/SAVP;unicast;client_port=1-2, RTP/AVP;multicast;port=3-4,RTP/AVP/TCP;interleaved=0-1"))
                .isEqualTo(new TransportOffer.Interleaved(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";;;",
                "RAW/RAW/UDP;unicast",
                "RTP/AVP;multicast;client_port=1-2",
                "RTP/AVP;unicast",
                "RTP/AVP/TCP;interleaved=0-1;mode=play"
            })
    void whatIsNotCarriedIsUnsupported(String header) {
        assertRefused(header, 461);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTP/AVP/TCP;interleaved=255",
                "RTP/AVP/TCP;interleaved=0-2",
                "RTP/AVP/TCP;interleaved=x",
                "RTP/AVP/TCP;interleaved=99999-100000",
                "RTP/AVP;client_port=0-1",
                "RTP/AVP;client_port=65535",
                "RTP/AVP;client_port=7-7",
                "RTP/AVP;client_port"
            })
    void portsAndChannelsAreChecked(String header) {
        assertRefused(header, 400);
    }

    private static void assertRefused(String header, int code) {
        assertThatThrownBy(() -> TransportOffer.parse(header))
                .hasMessageContaining("allowed:")
                .isInstanceOfSatisfying(
                        RtspRefusal.class, e -> assertThat(e.status().code()).isEqualTo(code));
    }
}
