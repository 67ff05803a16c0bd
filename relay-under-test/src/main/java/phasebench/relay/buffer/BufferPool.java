package phasebench.relay.buffer;

/// Where memory for packets comes from: fresh arrays, or slabs that are used again. Any thread.
public interface BufferPool {
    /// A buffer of at least that size, from index 0 of an array of its own; the caller holds its only
    /// reference, and its bytes are undefined.
    PacketBuffer take(int bytesMin);

    /// Whether memory that comes back is used again.
    default boolean isReusing() {
        return false;
    }

    /// `buffers: allocate`: a fresh array for each packet at each stage, left to the garbage collector.
    static BufferPool allocating() {
        return bytesMin -> PacketBuffer.over(new byte[bytesMin], 0, bytesMin);
    }
}
