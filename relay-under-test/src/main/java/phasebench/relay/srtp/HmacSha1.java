package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// HMAC-SHA1 (RFC 2104) by libcrypto: the states after the two padded keys are computed once and copied for
/// each packet, which leaves out two of SHA-1's blocks. All its memory is on the heap. One thread at a time.
final class HmacSha1 {
    private static final VarHandle NATIVE_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final byte[] keyedInner;
    private final byte[] keyedOuter;
    private final byte[] state = new byte[LibCrypto.SHA1_STATE_BYTES];
    private final MemorySegment stateSegment = MemorySegment.ofArray(state);

    /// All that follows the padded key in the outer hash: the inner digest, and SHA-1's padding.
    private final MemorySegment outerBlock;

    HmacSha1(byte[] key) {
        if (key.length > LibCrypto.SHA1_BLOCK_BYTES) {
            throw new IllegalArgumentException("an authentication key of " + key.length + " bytes");
        }
        keyedInner = stateAfter(key, 0x36);
        keyedOuter = stateAfter(key, 0x5c);
        byte[] block = new byte[LibCrypto.SHA1_BLOCK_BYTES];
        block[LibCrypto.SHA1_DIGEST_BYTES] = (byte) 0x80;
        Bytes.putInt32(
                block, block.length - Integer.BYTES, 8 * (LibCrypto.SHA1_BLOCK_BYTES + LibCrypto.SHA1_DIGEST_BYTES));
        outerBlock = MemorySegment.ofArray(block);
    }

    /// Begins a message.
    void begin() {
        System.arraycopy(keyedInner, 0, state, 0, state.length);
    }

    /// Adds the first `length` bytes to the message.
    void update(MemorySegment data, int length) {
        LibCrypto.sha1Update(stateSegment, data, length);
    }

    /// Ends the message. `word` tells the digest from then on.
    void end() {
        LibCrypto.sha1Final(outerBlock, stateSegment);
        System.arraycopy(keyedOuter, 0, state, 0, state.length);
        LibCrypto.sha1Transform(stateSegment, outerBlock);
    }

    /// Four bytes of the digest in network byte order, `index` from 0 to 4.
    int word(int index) {
        return (int) NATIVE_INT.get(state, Integer.BYTES * index);
    }

    private static byte[] stateAfter(byte[] key, int pad) {
        byte[] padded = new byte[LibCrypto.SHA1_BLOCK_BYTES];
        System.arraycopy(key, 0, padded, 0, key.length);
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) pad;
        }
        byte[] state = new byte[LibCrypto.SHA1_STATE_BYTES];
        MemorySegment segment = MemorySegment.ofArray(state);
        LibCrypto.sha1Init(segment);
        LibCrypto.sha1Update(segment, MemorySegment.ofArray(padded), padded.length);
        return state;
    }
}
