package phasebench.relay.buffer;

import java.util.ArrayList;
import java.util.List;

/// `buffers: pooled`: buffers of one size, made a slab of 64 at a time and used again. The pool grows to
/// what was in use at one moment, and never shrinks. A packet that does not fit gets a fresh array.
public final class PooledBuffers implements BufferPool {
    /// Holds a packet of an Ethernet frame with its SRTP tag.
    public static final int BUFFER_BYTES = 2048;

    private static final int SLAB_BUFFERS = 64;

    private final BufferPool oversize = BufferPool.allocating();
    private final boolean isChecked;

    /// Guarded by itself. The last one given back is taken first: it is the likeliest to be in a cache.
    private final List<PacketBuffer> idle = new ArrayList<>();

    /// All buffers of a checked pool, else empty; guarded by `idle`.
    private final List<CheckedPacketBuffer> checked = new ArrayList<>();

    private int bufferCount;

    public PooledBuffers() {
        this(false);
    }

    private PooledBuffers(boolean isChecked) {
        this.isChecked = isChecked;
    }

    /// For finding mistakes: a buffer is poisoned when it comes back, an access to it throws until it is
    /// taken again, one who writes to it meanwhile is found at the next taking, and who never gives one
    /// back is named by `leaks`.
    public static PooledBuffers checked() {
        return new PooledBuffers(true);
    }

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

    @Override
    public boolean isReusing() {
        return true;
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

    /// Where those buffers of a checked pool were taken that nobody has given back.
    public List<Throwable> leaks() {
        synchronized (idle) {
            return checked.stream().flatMap(buffer -> buffer.takenAt().stream()).toList();
        }
    }

    private void addSlab() {
        for (int i = 0; i < SLAB_BUFFERS; i++) {
            var array = new byte[BUFFER_BYTES];
            if (isChecked) {
                var buffer = new CheckedPacketBuffer(array, this::takeBack);
                checked.add(buffer);
                idle.add(buffer);
            } else {
                idle.add(new PacketBuffer(array, 0, BUFFER_BYTES, null, this::takeBack));
            }
        }
        bufferCount += SLAB_BUFFERS;
    }

    private void takeBack(PacketBuffer buffer) {
        synchronized (idle) {
            idle.add(buffer);
        }
    }
}
