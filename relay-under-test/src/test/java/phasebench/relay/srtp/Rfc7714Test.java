package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The vectors of RFC 7714, sections 16.1 and 17.1, for AEAD_AES_128_GCM.
@ParameterizedClass
@EnumSource
class Rfc7714Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f");

    /// "Quid pro quo"
    private static final byte[] SALT = HEX.parseHex("517569642070726f2071756f");

    /// "Gallia est omnis divisa in partes tres"
    private static final byte[] RTP = HEX.parseHex("8040f17b8041f8d35501a0b2"
            + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");

    private static final byte[] SRTP = HEX.parseHex("8040f17b8041f8d35501a0b2"
            + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
            + "899d7f27beb16a9152cf765ee4390cce");

    private static final byte[] RTCP = HEX.parseHex("81c8000d4d617273"
            + "4e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");

    private static final byte[] SRTCP = HEX.parseHex("81c8000d4d617273"
            + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
            + "c84aa45896cf4d2fc5abf87245d9eade800005d4");

    private final SrtpTransform transform;
    private final byte[] out = new byte[200];

    Rfc7714Test(SrtpProvider provider) {
        Srtp.assumeUsable(provider);
        transform = switch (provider) {
            case JCE -> AesGcmTransform.ofSessionKeys(KEY, SALT);
            case OPENSSL -> OpenSslGcmTransform.ofSessionKeys(KEY, SALT);
        };
    }

    @Test
    void anRtpPacketIsSealedAndOpened() {
        assertThat(transform.sealRtp(Srtp.plain(RTP, RTP.length), Srtp.buffer(out, 0), 0x5501a0b2, 0xf17b))
                .isEqualTo(SRTP.length);
        assertThat(Arrays.copyOf(out, SRTP.length)).isEqualTo(SRTP);
        assertThat(transform.openRtp(SRTP, 12, SRTP.length, out, 0x5501a0b2, 0xf17b))
                .isEqualTo(RTP.length);
        assertThat(Arrays.copyOf(out, RTP.length)).isEqualTo(RTP);
    }

    @Test
    void anRtcpPacketIsSealedAndOpened() {
        assertThat(transform.sealRtcp(RTCP, RTCP.length, out, 0, 0x4d617273, 0x5d4))
                .isEqualTo(SRTCP.length);
        assertThat(Arrays.copyOf(out, SRTCP.length)).isEqualTo(SRTCP);
        assertThat(transform.rtcpIndexOffset(SRTCP.length)).isEqualTo(SRTCP.length - 4);
        assertThat(transform.openRtcp(SRTCP, SRTCP.length, out, 0x4d617273, 0x5d4))
                .isEqualTo(RTCP.length);
        assertThat(Arrays.copyOf(out, RTCP.length)).isEqualTo(RTCP);
    }
}
