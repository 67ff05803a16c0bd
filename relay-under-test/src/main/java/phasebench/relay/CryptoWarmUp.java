package phasebench.relay;

import java.util.random.RandomGenerator;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProtector;
import phasebench.relay.srtp.SrtpProvider;

/// Protects packets until the JIT compiler has seen enough of it, so that no measurement begins with interpreted
/// ciphers. The same work in every variant, in the profile that the variant prefers.
final class CryptoWarmUp {
    static final int PACKET_COUNT = 40_000;

    private static final int PAYLOAD_BYTES = 1188;

    private CryptoWarmUp() {}

    static void run(SrtpProfile profile) {
        var random = RandomGenerator.getDefault();
        var keys = new SrtpKeys(
                profile,
                bytes(random, profile.keyBytes()),
                bytes(random, profile.saltBytes()),
                bytes(random, profile.keyBytes()),
                bytes(random, profile.saltBytes()));
        var protector = SrtpProtector.of(keys, SrtpProvider.JCE, BufferPool.allocating());
        var packet = bytes(random, RtpHeader.FIXED_BYTES + PAYLOAD_BYTES);
        var plain = PlainPacket.of(packet, RtpHeader.FIXED_BYTES, packet.length);
        var out = BufferPool.allocating().take(packet.length + profile.rtpTagBytes());
        for (int i = 0; i < PACKET_COUNT; i++) {
            RtpHeader.write(packet, 0, false, 96, i, i, 1);
            protector.protectRtp(plain, out);
        }
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
