package phasebench.harness.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import phasebench.harness.machine.Libcrypto;

class ProtectorsTest {
    private final FloorPackets packets = new FloorPackets();
    private final SessionKeys keys = SessionKeys.ofDestination(7);

    @Test
    void openSslAndTheJdkProtectAlikePacketForPacket() throws Exception {
        assumeThat(Libcrypto.load()).isInstanceOf(Libcrypto.Loaded.class);
        assertAlike(new OpenSslGcm(packets, keys), new JceGcm(packets, keys));
        assertAlike(new OpenSslCounterMode(packets, keys), new JceCounterMode(packets, keys));
    }

    @Test
    void aProtectedPacketCanBeOpenedWithItsKeySaltAndIndex() throws Exception {
        byte[] first = bytes(new JceGcm(packets, keys), 0);
        byte[] iv = new byte[12];
        PacketCounter.gcm(keys.salt()).next(iv);

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys.cipherKey(), "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(first, 0, FloorPackets.HEADER_BYTES);

        assertThat(cipher.doFinal(first, FloorPackets.HEADER_BYTES, first.length - FloorPackets.HEADER_BYTES))
                .isEqualTo(Arrays.copyOfRange(packets.heap(0), FloorPackets.HEADER_BYTES, FloorPackets.PACKET_BYTES));
    }

    @Test
    void theMiddleOfRoundsIsTheirMedian() {
        assertThat(Rounds.median(List.of(3.0, 1.0, 100.0))).isEqualTo(3);
        assertThat(Rounds.median(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(3.5);
        assertThat(Rounds.min(List.of(3.0, 1.0, 100.0))).isEqualTo(1);
    }

    private static void assertAlike(PacketProtector one, PacketProtector other) {
        for (int packet = 0; packet < FloorPackets.FRAME_PACKETS; packet++) {
            assertThat(bytes(one, packet)).isEqualTo(bytes(other, packet));
        }
    }

    private static byte[] bytes(PacketProtector protector, int packet) {
        MemorySegment slab = Arena.ofAuto().allocate(PacketLoop.SLOT_BYTES, 64);
        int length = protector.protect(packet, slab, 0);
        return slab.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
