package phasebench.relay.srtp;

import java.lang.foreign.Arena;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.rtp.RtpHeader;

/// Protection of packets of 1200 bytes, each under the key of another one of 100 viewers: phases `srtp-gcm` and
/// `provider`. `scripts/phasebench micro --phase srtp-gcm`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SrtpProtectBenchmark {
    private static final int VIEWER_COUNT = 100;
    private static final int PACKET_BYTES = 1200;

    /// As many as a send slab has.
    private static final int SLOT_COUNT = 64;

    /// Where the protected packet goes: an array, or native memory such as a send slab's.
    public enum Memory {
        HEAP,
        NATIVE
    }

    @Param
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    @Param
    public SrtpProvider provider = SrtpProvider.JCE;

    @Param
    public Memory memory = Memory.HEAP;

    private final byte[] packetBytes = new byte[PACKET_BYTES];
    private final PlainPacket packet = PlainPacket.of(packetBytes, RtpHeader.FIXED_BYTES, PACKET_BYTES);
    private final SrtpProtector[] protectors = new SrtpProtector[VIEWER_COUNT];
    private final PacketBuffer[] slots = new PacketBuffer[SLOT_COUNT];
    private int sequence;
    private int slot;

    @Setup
    public void setUp() {
        var random = new Random(1);
        random.nextBytes(packetBytes);
        BufferPool scratch = new PooledBuffers();
        for (int i = 0; i < VIEWER_COUNT; i++) {
            var exported = new byte[SrtpKeys.exportedBytes(profile)];
            random.nextBytes(exported);
            protectors[i] = SrtpProtector.of(SrtpKeys.ofClient(profile, exported), provider, scratch);
        }
        int slotBytes = PACKET_BYTES + SrtpProfile.TAG_BYTES_MAX;
        for (int i = 0; i < SLOT_COUNT; i++) {
            slots[i] = switch (memory) {
                case HEAP -> PacketBuffer.over(new byte[slotBytes], 0, slotBytes);
                case NATIVE -> PacketBuffer.overNative(Arena.ofAuto().allocate(slotBytes, 64));
            };
        }
    }

    @Benchmark
    @OperationsPerInvocation(VIEWER_COUNT)
    public int protect() {
        RtpHeader.write(packetBytes, 0, false, 96, sequence++, 3000, 0x1234_5678L);
        int bytes = 0;
        for (var protector : protectors) {
            bytes += protector.protectRtp(packet, slots[slot++ & SLOT_COUNT - 1]);
        }
        return bytes;
    }
}
