package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.rtp.RtpHeader;

/// The vectors of RFC 3711, appendix B.
@ParameterizedClass
@EnumSource
class Rfc3711Test {
    private static final HexFormat HEX = HexFormat.of();

    /// Appendix B.3.
    private static final byte[] MASTER_KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");

    private static final byte[] MASTER_SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    private final SrtpProvider provider;

    Rfc3711Test(SrtpProvider provider) {
        Srtp.assumeUsable(provider);
        this.provider = provider;
    }

    @Test
    void sessionKeysAreDerivedAsInAppendixB3() {
        KeyDerivation derivation = new KeyDerivation(MASTER_KEY, MASTER_SALT);
        assertThat(HEX.formatHex(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16)))
                .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(derivation.derive(KeyDerivation.RTP_SALT, 14)))
                .isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 94)))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a15"
                        + "6d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef7227098"
                        + "6371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e47403576"
                        + "6b68642c59bbfc2f34db60dbdfb2");
    }

    /// Appendix B.2: session key and salt are given, SSRC, rollover counter and sequence number are
    /// zero.
    @Test
    void theKeyStreamIsThatOfAppendixB2() {
        byte[] key = HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c");
        byte[] salt = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd");
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + 48];
        byte[] wire = new byte[packet.length + 10];
        SrtpTransform transform = switch (provider) {
            case JCE -> AesCmTransform.ofSessionKeys(key, salt, new byte[20]);
            case OPENSSL -> OpenSslCmTransform.ofSessionKeys(key, salt, new byte[20]);
        };
        transform.sealRtp(Srtp.plain(packet, packet.length), Srtp.buffer(wire, 0), 0, 0);
        byte[] stream = Arrays.copyOfRange(wire, RtpHeader.FIXED_BYTES, packet.length);
        assertThat(HEX.formatHex(stream))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
    }

    /// The packet of libsrtp's test driver, which uses the keys of appendix B.3.
    @Test
    void aPacketIsProtectedAsByLibsrtp() {
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + 16];
        RtpHeader.write(packet, 0, false, 15, 0x1234, 0xdecafbadL, 0xcafebabeL);
        Arrays.fill(packet, RtpHeader.FIXED_BYTES, packet.length, (byte) 0xab);
        byte[] wire = new byte[38];
        SrtpKeys keys =
                new SrtpKeys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT, MASTER_KEY, MASTER_SALT);
        assertThat(Srtp.protectRtp(Srtp.protector(keys, provider), packet, packet.length, wire, 0))
                .isEqualTo(wire.length);
        assertThat(HEX.formatHex(wire))
                .isEqualTo("800f1234decafbadcafebabe" + "4e55dc4ce79978d88ca4d215949d2402" + "b78d6acc99ea179b8dbb");
    }

    /// libsrtp's SRTCP packet under the same keys, with its first index, which is 1 there.
    @Test
    void aControlPacketIsProtectedAsByLibsrtp() {
        byte[] packet = HEX.parseHex("81c8000bcafebabe" + "abababababababababababababababab");
        byte[] wire = new byte[packet.length + 14];
        SrtpTransform transform = provider.transform(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT, BufferPool.allocating());
        assertThat(transform.sealRtcp(packet, packet.length, wire, 0, 0xcafebabe, 1))
                .isEqualTo(wire.length);
        assertThat(HEX.formatHex(wire))
                .isEqualTo(
                        "81c8000bcafebabe" + "7128035be487b9bdbef89041f977a5a8" + "80000001" + "993e08cd54d6c1230798");
    }
}
