package phasebench.relay.srtp;

import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// Protection by the JDK's ciphers, of packets that lie in arrays.
public final class Srtp {
    private Srtp() {}

    public static SrtpProtector protector(SrtpKeys keys) {
        return SrtpProtector.of(keys, SrtpProvider.JCE, BufferPool.allocating());
    }

    public static SrtpUnprotector unprotector(SrtpKeys keys) {
        return SrtpUnprotector.of(keys, SrtpProvider.JCE);
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
