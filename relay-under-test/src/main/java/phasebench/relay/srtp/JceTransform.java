package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;

/// A transform by the JDK's ciphers. They work on arrays: their direct-buffer paths are slower than an array and a
/// copy, so that a packet bound for native memory is made in a scratch buffer of the pool.
abstract sealed class JceTransform implements SrtpTransform permits AesCmTransform, AesGcmTransform {
    private final BufferPool scratch;

    JceTransform(BufferPool scratch) {
        this.scratch = scratch;
    }

    /// As `sealRtp`, into an array.
    abstract int sealRtp(PlainPacket packet, byte[] out, int outOffset, int ssrc, long index);

    @Override
    public final int sealRtp(PlainPacket packet, PacketBuffer out, int ssrc, long index) {
        byte[] array = out.array();
        if (array != null) {
            return sealRtp(packet, array, out.offset(), ssrc, index);
        }
        PacketBuffer made = scratch.take(packet.length() + SrtpProfile.TAG_BYTES_MAX);
        int offset = made.offset();
        int length = sealRtp(packet, made.heapArray(), offset, ssrc, index);
        MemorySegment.copy(made.heapArray(), offset, out.segment(), ValueLayout.JAVA_BYTE, 0, length);
        made.release();
        return length;
    }
}
