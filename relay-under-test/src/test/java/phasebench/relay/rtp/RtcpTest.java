package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.rtp.RtcpPacket.Bye;
import phasebench.relay.rtp.RtcpPacket.FullIntraRequest;
import phasebench.relay.rtp.RtcpPacket.GenericNack;
import phasebench.relay.rtp.RtcpPacket.Other;
import phasebench.relay.rtp.RtcpPacket.PictureLossIndication;
import phasebench.relay.rtp.RtcpPacket.ReceiverReport;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;

class RtcpTest {
    private static final ReportBlock BLOCK =
            new ReportBlock(0xffff_fffeL, 255, -2, 0x0001_ffffL, 77, 0x89ab_cdefL, 65_536);
    private static final SenderReport SENDER_REPORT =
            new SenderReport(0xcafe_babeL, 0x8765_4321_1234_5678L, 0xffff_0000L, 10, 11_880, List.of());
    private static final SourceDescription DESCRIPTION =
            new SourceDescription(List.of(new SourceDescription.Chunk(0xcafe_babeL, "relay")));

    @Test
    void everyPacketIsReadAsItWasWritten() {
        List<RtcpPacket> packets = List.of(
                SENDER_REPORT,
                new SenderReport(1, 2, 3, 4, 5, List.of(BLOCK, BLOCK)),
                new ReceiverReport(9, List.of(BLOCK)),
                DESCRIPTION,
                new Bye(List.of(1L, 0xffff_ffffL)),
                new GenericNack(1, 2, List.of(65_534, 65_535, 0, 14, 15, 100, 117)),
                new PictureLossIndication(1, 2),
                new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(2, 255))));
        byte[] out = new byte[1000];
        int length = Rtcp.write(out, 0, packets.toArray(RtcpPacket[]::new));
        assertThat(Rtcp.parse(out, length)).isEqualTo(packets);
        assertThat(length % 4).isZero();
    }

    /// RFC 3550, section 6.4: 28 bytes without blocks, 24 for each, and a name padded to four bytes.
    @Test
    void sizesAreThoseOfRfc3550() {
        byte[] out = new byte[200];
        assertThat(Rtcp.write(out, 0, SENDER_REPORT)).isEqualTo(28);
        assertThat(Rtcp.write(out, 0, new ReceiverReport(1, List.of()))).isEqualTo(8);
        assertThat(Rtcp.write(out, 0, new ReceiverReport(1, List.of(BLOCK)))).isEqualTo(32);
        assertThat(Rtcp.write(out, 0, DESCRIPTION)).isEqualTo(4 + 4 + 2 + 5 + 1);
        assertThat(Rtcp.write(out, 0, new PictureLossIndication(1, 2))).isEqualTo(12);
        assertThat(Rtcp.write(out, 5, SENDER_REPORT, DESCRIPTION)).isEqualTo(5 + 44);
    }

    @Test
    void aSenderReportHasItsFieldsWhereRfc3550PutsThem() {
        byte[] out = new byte[28];
        Rtcp.write(out, 0, SENDER_REPORT);
        assertThat(HexFormat.of().formatHex(out))
                .isEqualTo("80c80006" + "cafebabe" + "8765432112345678" + "ffff0000" + "0000000a" + "00002e68");
    }

    @Test
    void aNackNamesThePacketAndTheSixteenAfterIt() {
        byte[] packet = HexFormat.of().parseHex("81cd0003" + "00000001" + "00000002" + "fffe8003");
        assertThat(Rtcp.parse(packet, packet.length))
                .containsExactly(new GenericNack(1, 2, List.of(65_534, 65_535, 0, 14)));
    }

    @Test
    void aReducedSizePacketOfAnotherKindIsKeptAsOther() {
        byte[] remb =
                HexFormat.of().parseHex("8fce0005" + "00000001" + "00000000" + "52454d42" + "01000000" + "00000002");
        assertThat(Rtcp.parse(remb, remb.length)).containsExactly(new Other(206, 15));
    }

    @Test
    void paddingOfTheLastPacketIsNotRead() {
        byte[] packet = HexFormat.of().parseHex("a1cd0004" + "00000001" + "00000002" + "00050000" + "00000004");
        assertThat(Rtcp.parse(packet, packet.length)).containsExactly(new GenericNack(1, 2, List.of(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80c8", // shorter than a header
                "40c80000", // version 1
                "80c80001cafebabe", // a sender report without its sender's part
                "81c90001cafebabe", // a block is announced and missing
                "80cd0000", // feedback without SSRCs
                "81cb0000", // BYE of one source that is not there
                "81ca0001cafebabe", // chunk without items
                "81ca0002cafebabe01ff6161", // item longer than the packet
                "81ca0002cafebabe01026161", // chunk without end
                "80c90001cafebabe80", // a byte too many
                "80c90002cafebabe", // shorter than it says
                "a0c90001cafebabe", // padding longer than the packet
                "a0c90001cafeba00", // padding of nothing
                "a0c90002cafebabe0000000480c90001cafebabe", // padding before the last packet
            })
    void aMalformedCompoundIsDiscardedWhole(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(Rtcp.parse(packet, packet.length)).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        byte[] out = new byte[2000];
        assertThatThrownBy(() -> Rtcp.write(out, 0, new Other(206, 15))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rtcp.write(out, 0, new Bye(Collections.nCopies(32, 1L))))
                .hasMessageContaining("at most 31");
        assertThatThrownBy(() -> Rtcp.write(new byte[27], 0, SENDER_REPORT))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void ntpTimeBeginsIn1900() {
        assertThat(Rtcp.ntpTimestamp(Instant.parse("1970-01-01T00:00:00.5Z")))
                .isEqualTo((2_208_988_800L << 32) | 0x8000_0000L);
        assertThat(Rtcp.ntpTimestamp(Instant.parse("1970-01-01T00:00:00.999999999Z")) & 0xffff_ffffL)
                .isEqualTo(0xffff_fffbL);
    }

    @Test
    void rtcpIsToldFromRtpByItsSecondByte() {
        assertThat(Rtcp.isRtcp(new byte[] {(byte) 0x80, (byte) 200}, 2)).isTrue();
        assertThat(Rtcp.isRtcp(new byte[] {(byte) 0x80, (byte) 96}, 2)).isFalse();
        assertThat(Rtcp.isRtcp(new byte[] {(byte) 0x80, (byte) 224}, 2)).isFalse();
        assertThat(Rtcp.isRtcp(new byte[] {(byte) 0x80}, 1)).isFalse();
    }

    @Test
    void anEmptyDatagramHoldsNothing() {
        assertThat(Rtcp.parse(Arrays.copyOf(new byte[0], 4), 0)).isEmpty();
    }
}
