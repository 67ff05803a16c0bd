package phasebench.harness.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MASTER_KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] MASTER_SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    /// Session keys of RFC 7714, sections 16 and 17.
    private static SrtpGcm rfc7714() throws Exception {
        byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = HEX.parseHex("517569642070726f2071756f");
        SrtpContext.SessionKeys keys = new SrtpContext.SessionKeys(key, new byte[20], salt);
        return new SrtpGcm(keys, keys);
    }

    private static byte[] withRoom(String hex) {
        byte[] packet = HEX.parseHex(hex);
        return Arrays.copyOf(packet, packet.length + 32);
    }

    private static String hex(byte[] packet, int length) {
        return HEX.formatHex(packet, 0, length);
    }

    @Test
    void keysAreDerivedAsInRfc3711B3() throws Exception {
        SrtpContext.SessionKeys keys = SrtpContext.derive(MASTER_KEY, MASTER_SALT, 0);

        assertThat(HEX.formatHex(keys.cipherKey.getEncoded())).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(keys.salt)).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(keys.authenticationKey.getEncoded()))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
    }

    @Test
    void keystreamIsThatOfRfc3711B2() throws Exception {
        SrtpContext.SessionKeys keys = new SrtpContext.SessionKeys(
                HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"),
                new byte[20],
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
        byte[] packet = withRoom("80000000" + "00000000" + "00000000" + "00".repeat(32));

        new SrtpCounterMode(keys, keys).protectRtp(packet, 44, 0);

        assertThat(HEX.formatHex(packet, 12, 44))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4" + "d23513162b02d0f72a43a2fe4a5f97ab");
    }

    /// The vector that libsrtp validates itself with (srtp_driver.c).
    @Test
    void aPacketIsProtectedAsByLibsrtp() {
        SrtpContext context = SrtpContext.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);
        byte[] packet = withRoom("800f1234decafbadcafebabe" + "ab".repeat(16));

        int length = context.protectRtp(packet, 28, 0x1234);

        assertThat(hex(packet, length))
                .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
    }

    @Test
    void aPacketIsProtectedAsInRfc7714Section16() throws Exception {
        byte[] packet = withRoom("8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");

        int length = rfc7714().protectRtp(packet, 50, 0xf17b);

        assertThat(hex(packet, length))
                .isEqualTo("8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51"
                        + "c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
    }

    @Test
    void anRtcpPacketIsProtectedAsInRfc7714Section17() throws Exception {
        byte[] packet = withRoom("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");

        int length = rfc7714().protectRtcp(packet, 52, 0x5d4);

        assertThat(hex(packet, length))
                .isEqualTo("81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce0"
                        + "9b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasProtectedOpensAndABitFlippedDoesNot(SrtpProfile profile) {
        byte[] salt = Arrays.copyOf(MASTER_SALT, profile.saltBytes());
        SrtpContext context = SrtpContext.of(profile, MASTER_KEY, salt);
        byte[] clear = HEX.parseHex("80e0ffff0000000100000002" + "c3".repeat(100));
        byte[] packet = Arrays.copyOf(clear, clear.length + 32);
        int length = context.protectRtp(packet, clear.length, 0x3_ffffL);
        assertThat(length).isEqualTo(clear.length + profile.rtpOverheadBytes());

        byte[] flipped = packet.clone();
        flipped[40] ^= 4;
        assertThat(context.unprotectRtp(flipped, length, 0x3_ffffL)).isEqualTo(-1);
        assertThat(context.unprotectRtp(packet.clone(), length, 0x2_ffffL)).isEqualTo(-1);
        assertThat(context.unprotectRtp(packet, length, 0x3_ffffL)).isEqualTo(clear.length);
        assertThat(Arrays.copyOf(packet, clear.length)).isEqualTo(clear);
    }

    @ParameterizedTest
    @EnumSource
    void rtcpOpensAndShortPacketsAreRefused(SrtpProfile profile) {
        byte[] salt = Arrays.copyOf(MASTER_SALT, profile.saltBytes());
        SrtpContext context = SrtpContext.of(profile, MASTER_KEY, salt);
        byte[] clear = HEX.parseHex("80c90001" + "00000007");
        byte[] packet = Arrays.copyOf(clear, 64);
        int length = context.protectRtcp(packet, clear.length, 9);
        assertThat(length).isEqualTo(clear.length + profile.rtcpOverheadBytes());

        assertThat(context.unprotectRtcp(packet, length)).isEqualTo(clear.length);
        assertThat(Arrays.copyOf(packet, clear.length)).isEqualTo(clear);
        for (int bytes = 0; bytes < length; bytes++) {
            assertThat(context.unprotectRtcp(new byte[64], bytes)).isEqualTo(-1);
            assertThat(context.unprotectRtp(new byte[64], bytes, 0)).isEqualTo(-1);
        }
    }
}
