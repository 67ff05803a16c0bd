package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpHeaderTest {
    @Test
    void fieldsAreReadAsTheyWereWritten() {
        byte[] packet = new byte[20];
        RtpHeader.write(packet, 0, true, 111, 65_536 + 65_535, 0x1_ffff_fffeL, 0xcafe_babeL);
        assertThat(RtpHeader.version(packet)).isEqualTo(2);
        assertThat(RtpHeader.marker(packet)).isTrue();
        assertThat(RtpHeader.payloadType(packet)).isEqualTo(111);
        assertThat(RtpHeader.sequence(packet)).isEqualTo(65_535);
        assertThat(RtpHeader.timestamp(packet)).isEqualTo(0xffff_fffeL);
        assertThat(RtpHeader.ssrc(packet)).isEqualTo(0xcafe_babeL);
        assertThat(RtpHeader.headerLength(packet, 20)).isEqualTo(RtpHeader.FIXED_BYTES);
        assertThat(RtpHeader.payloadLength(packet, 20)).isEqualTo(8);
    }

    /// The first byte, what follows the fixed header, header bytes, payload bytes.
    @ParameterizedTest
    @CsvSource({
        "80, '', 12, 0",
        "80, ff, 12, 1",
        "82, 0000000100000002, 20, 0",
        "82, 00000001000000, -1, -1",
        "90, bede0001aabbccddee, 20, 1",
        "90, bede0001aabbcc, -1, -1",
        "90, bede00, -1, -1",
        "91, 00000001bede0000, 20, 0",
        "a0, aabb02, 12, 1",
        "a0, aabb03, 12, 0",
        "a0, aabb04, 12, -1",
        "a0, aabb00, 12, -1",
        "a0, '', 12, -1",
        "40, '', -1, -1",
        "c0, '', -1, -1",
    })
    void lengthsAreCheckedAgainstTheEnd(String first, String rest, int headerBytes, int payloadBytes) {
        byte[] packet = HexFormat.of().parseHex(first + "60000100000002cafebabe" + rest);
        assertThat(RtpHeader.headerLength(packet, packet.length)).isEqualTo(headerBytes);
        assertThat(RtpHeader.payloadLength(packet, packet.length)).isEqualTo(payloadBytes);
    }

    @Test
    void lessThanAFixedHeaderIsNotRtp() {
        assertThat(RtpHeader.headerLength(new byte[] {(byte) 0x80}, 1)).isEqualTo(-1);
        assertThat(RtpHeader.headerLength(new byte[0], 0)).isEqualTo(-1);
    }
}
