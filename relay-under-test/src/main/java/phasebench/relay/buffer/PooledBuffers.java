package phasebench.relay.buffer;

import java.util.ArrayList;
import java.util.List;

/// `buffers: pooled`: buffers of one size, cut from slabs and used again. The pool grows a slab at a time, to what was
/// in use at one moment, and never shrinks. A packet that does not fit gets a fresh array.
public final class PooledBuffers implements BufferPool {
    /// Holds a packet of an Ethernet frame with its SRTP tag.
    public static final int BUFFER_BYTES = 2048;

    private static final int SLAB_BUFFERS = 64;

    private final BufferPool oversize = BufferPool.allocating();

    /// Guarded by itself. The last one given back is taken first: it is the likeliest to be in a cache.
    private final List<PacketBuffer> idle = new ArrayList<>();

    private int bufferCount;

    @Override
    public PacketBuffer take(int bytesMin) {
        if (bytesMin > BUFFER_BYTES) {
            return oversize.take(bytesMin);
        }
        synchronized (idle) {
            if (idle.isEmpty()) {
                addSlab();
            }
            PacketBuffer buffer = idle.removeLast();
            buffer.revive();
            return buffer;
        }
    }

    /// Buffers made so far, in use or idle.
    public int bufferCount() {
        synchronized (idle) {
            return bufferCount;
        }
    }

    /// Buffers that somebody holds.
    public int inUse() {
        synchronized (idle) {
            return bufferCount - idle.size();
        }
    }

    private void addSlab() {
        var slab = new byte[SLAB_BUFFERS * BUFFER_BYTES];
        for (int i = 0; i < SLAB_BUFFERS; i++) {
            idle.add(PacketBuffer.owned(slab, i * BUFFER_BYTES, BUFFER_BYTES, this::takeBack));
        }
        bufferCount += SLAB_BUFFERS;
    }

    private void takeBack(PacketBuffer buffer) {
        synchronized (idle) {
            idle.add(buffer);
        }
    }
}
