package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/// The packets that the floor protects: one frame, the same for every destination, in Java's and in native memory.
final class FloorPackets {
    static final int HEADER_BYTES = 12;
    static final int PACKET_BYTES = 1200;
    static final int PAYLOAD_BYTES = PACKET_BYTES - HEADER_BYTES;
    static final int FRAME_PACKETS = 8;
    static final int SSRC = 0x50484245;

    private final byte[][] heap = new byte[FRAME_PACKETS][PACKET_BYTES];
    private final MemorySegment memory = Arena.global().allocate((long) FRAME_PACKETS * PACKET_BYTES, 64);

    FloorPackets() {
        Random random = new Random(1);
        for (int i = 0; i < FRAME_PACKETS; i++) {
            byte[] packet = heap[i];
            random.nextBytes(packet);
            packet[0] = (byte) 0x80;
            packet[1] = 96;
            packet[2] = 0;
            packet[3] = (byte) i;
            for (int b = 0; b < 4; b++) {
                packet[8 + b] = (byte) (SSRC >>> (24 - 8 * b));
            }
            MemorySegment.copy(packet, 0, memory, JAVA_BYTE, (long) i * PACKET_BYTES, PACKET_BYTES);
        }
    }

    byte[] heap(int packet) {
        return heap[packet];
    }

    MemorySegment memory() {
        return memory;
    }

    /// Where a packet begins in [#memory].
    static long offset(int packet) {
        return (long) packet * PACKET_BYTES;
    }
}
