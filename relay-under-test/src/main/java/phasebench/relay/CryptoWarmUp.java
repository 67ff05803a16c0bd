package phasebench.relay;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProtector;

/// Protects packets until the JIT compiler has seen enough of it, so that no measurement begins with interpreted
/// ciphers. The same work in every variant, by its provider and in the profile that it prefers, into an array and into
/// native memory in turn, since the way of sending decides where a packet goes.
final class CryptoWarmUp {
    /// The GCM of JDK 25 reaches its last speed after about 220,000 packets (floor measurement, half the time of
    /// before).
    static final int PACKET_COUNT = 256_000;

    private static final int PAYLOAD_BYTES = 1188;

    private CryptoWarmUp() {}

    static void run(RelaySettings.Crypto crypto) {
        var profile = crypto.srtp().preference().getFirst();
        var random = RandomGenerator.getDefault();
        var keys = new SrtpKeys(
                profile,
                bytes(random, profile.keyBytes()),
                bytes(random, profile.saltBytes()),
                bytes(random, profile.keyBytes()),
                bytes(random, profile.saltBytes()));
        var packet = bytes(random, RtpHeader.FIXED_BYTES + PAYLOAD_BYTES);
        var plain = PlainPacket.of(packet, RtpHeader.FIXED_BYTES, packet.length);
        int wireBytes = packet.length + profile.rtpTagBytes();
        try (var arena = Arena.ofConfined();
                var protector = SrtpProtector.of(keys, crypto.srtpProvider().ciphers(), BufferPool.allocating())) {
            var outs = new PacketBuffer[] {
                BufferPool.allocating().take(wireBytes), PacketBuffer.overNative(arena.allocate(wireBytes))
            };
            for (int i = 0; i < PACKET_COUNT; i++) {
                RtpHeader.write(packet, 0, false, 96, i, i, 1);
                protector.protectRtp(plain, outs[i % outs.length]);
            }
        }
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
