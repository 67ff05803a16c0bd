package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// AEAD_AES_128_GCM (RFC 7714) by OpenSSL, straight into the memory that is sent.
final class OpenSslGcm implements PacketProtector {
    private static final int TAG_BYTES = 16;

    private final FloorPackets packets;
    private final long context;
    private final PacketCounter counter;
    private final byte[] iv = new byte[12];
    private final MemorySegment scratch = Arena.global().allocate(32, 8);
    private final long outLength = scratch.address() + 16;

    OpenSslGcm(FloorPackets packets, SessionKeys keys) throws IOException {
        this.packets = packets;
        this.counter = PacketCounter.gcm(keys.salt());
        try (Arena arena = Arena.ofConfined()) {
            this.context = LibcryptoCalls.context("EVP_aes_128_gcm", arena.allocateFrom(JAVA_BYTE, keys.cipherKey()));
        }
    }

    @Override
    public int protect(int packet, MemorySegment slab, long offset) {
        long plain = packets.memory().address() + FloorPackets.offset(packet);
        long header = slab.address() + offset;
        long payload = header + FloorPackets.HEADER_BYTES;
        counter.next(iv);
        MemorySegment.copy(iv, 0, scratch, JAVA_BYTE, 0, iv.length);
        MemorySegment.copy(packets.memory(), FloorPackets.offset(packet), slab, offset, FloorPackets.HEADER_BYTES);
        LibcryptoCalls.start(context, scratch.address());
        LibcryptoCalls.update(context, 0, outLength, header, FloorPackets.HEADER_BYTES);
        LibcryptoCalls.update(
                context, payload, outLength, plain + FloorPackets.HEADER_BYTES, FloorPackets.PAYLOAD_BYTES);
        LibcryptoCalls.tag(context, header + FloorPackets.PACKET_BYTES, outLength, TAG_BYTES);
        return FloorPackets.PACKET_BYTES + TAG_BYTES;
    }
}
