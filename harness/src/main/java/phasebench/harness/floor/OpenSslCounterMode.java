package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711) by OpenSSL, straight into the memory that is sent. HMAC's two keyed states are
/// made once and copied for each packet, which saves two of about 23 compressions.
final class OpenSslCounterMode implements PacketProtector {
    private static final int BLOCK_BYTES = 64;

    /// Where in [#scratch] the digest is.
    private static final int DIGEST_AT = 32;

    private final FloorPackets packets;
    private final long context;
    private final PacketCounter counter;
    private final byte[] iv = new byte[16];
    private final MemorySegment scratch = Arena.global().allocate(64, 8);
    private final MemorySegment inner = Arena.global().allocate(LibcryptoCalls.SHA_CONTEXT_BYTES, 8);
    private final MemorySegment outer = Arena.global().allocate(LibcryptoCalls.SHA_CONTEXT_BYTES, 8);
    private final MemorySegment state = Arena.global().allocate(LibcryptoCalls.SHA_CONTEXT_BYTES, 8);
    private final long outLength = scratch.address() + 16;
    private final long rollOver = scratch.address() + 24;

    OpenSslCounterMode(FloorPackets packets, SessionKeys keys) throws IOException {
        this.packets = packets;
        this.counter = PacketCounter.counterMode(keys.salt());
        try (Arena arena = Arena.ofConfined()) {
            this.context = LibcryptoCalls.context("EVP_aes_128_ctr", arena.allocateFrom(JAVA_BYTE, keys.cipherKey()));
            key(inner, keys.authenticationKey(), 0x36, arena);
            key(outer, keys.authenticationKey(), 0x5c, arena);
        }
    }

    /// The state after the first block of HMAC (RFC 2104): key xor pad.
    private static void key(MemorySegment state, byte[] key, int pad, Arena arena) {
        byte[] block = new byte[BLOCK_BYTES];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) pad;
        }
        LibcryptoCalls.shaInit(state.address());
        LibcryptoCalls.shaUpdate(
                state.address(), arena.allocateFrom(JAVA_BYTE, block).address(), block.length);
    }

    @Override
    public int protect(int packet, MemorySegment slab, long offset) {
        long plain = packets.memory().address() + FloorPackets.offset(packet);
        long header = slab.address() + offset;
        counter.next(iv);
        MemorySegment.copy(iv, 0, scratch, JAVA_BYTE, 0, iv.length);
        MemorySegment.copy(packets.memory(), FloorPackets.offset(packet), slab, offset, FloorPackets.HEADER_BYTES);
        LibcryptoCalls.start(context, scratch.address());
        LibcryptoCalls.update(
                context,
                header + FloorPackets.HEADER_BYTES,
                outLength,
                plain + FloorPackets.HEADER_BYTES,
                FloorPackets.PAYLOAD_BYTES);
        tag(header);
        MemorySegment.copy(scratch, DIGEST_AT, slab, offset + FloorPackets.PACKET_BYTES, JceCounterMode.TAG_BYTES);
        return FloorPackets.PACKET_BYTES + JceCounterMode.TAG_BYTES;
    }

    private void tag(long packet) {
        long digest = scratch.address() + DIGEST_AT;
        state.copyFrom(inner);
        LibcryptoCalls.shaUpdate(state.address(), packet, FloorPackets.PACKET_BYTES);
        LibcryptoCalls.shaUpdate(state.address(), rollOver, 4);
        LibcryptoCalls.shaFinal(digest, state.address());
        state.copyFrom(outer);
        LibcryptoCalls.shaUpdate(state.address(), digest, LibcryptoCalls.SHA_BYTES);
        LibcryptoCalls.shaFinal(digest, state.address());
    }
}
