package phasebench.relay.srtp;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// Protection of packets that lie in arrays; by the JDK's ciphers where none are named.
public final class Srtp {
    private Srtp() {}

    public static SrtpProtector protector(SrtpKeys keys) {
        return protector(keys, SrtpProvider.JCE);
    }

    public static SrtpUnprotector unprotector(SrtpKeys keys) {
        return SrtpUnprotector.of(keys, SrtpProvider.JCE);
    }

    static SrtpProtector protector(SrtpKeys keys, SrtpProvider provider) {
        return SrtpProtector.of(keys, provider, BufferPool.allocating());
    }

    /// Skips the test on a machine without the provider.
    static void assumeUsable(SrtpProvider provider) {
        assumeThat(provider.missing()).isNull();
    }

    static SrtpKeys keys(SrtpProfile profile, Random random) {
        byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
        random.nextBytes(exported);
        return SrtpKeys.ofClient(profile, exported);
    }

    /// @return bytes written at `outOffset`
    public static int protectRtp(SrtpProtector protector, byte[] packet, int length, byte[] out, int outOffset) {
        return protector.protectRtp(plain(packet, length), buffer(out, outOffset));
    }

    static PlainPacket plain(byte[] packet, int length) {
        return PlainPacket.of(packet, Math.max(RtpHeader.FIXED_BYTES, RtpHeader.headerLength(packet, length)), length);
    }

    static PacketBuffer buffer(byte[] out, int offset) {
        return PacketBuffer.over(out, offset, out.length - offset);
    }
}
