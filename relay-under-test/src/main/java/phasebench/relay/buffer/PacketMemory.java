package phasebench.relay.buffer;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a packet, or a part of one, lies: a region of an array or of native memory. Kept beside the memory itself, so
/// that a hot path makes no object per packet.
public class PacketMemory {
    private final byte @Nullable [] array;
    private final int offset;
    private final int size;
    private @Nullable MemorySegment segment;

    PacketMemory(byte @Nullable [] array, int offset, int size, @Nullable MemorySegment segment) {
        this.array = array;
        this.offset = offset;
        this.size = size;
        this.segment = segment;
    }

    public static PacketMemory ofArray(byte[] array, int offset, int size) {
        return new PacketMemory(array, offset, size, null);
    }

    public static PacketMemory ofNative(MemorySegment segment) {
        return new PacketMemory(null, 0, (int) segment.byteSize(), segment);
    }

    /// The region from `begin` to its end.
    public final PacketMemory from(int begin) {
        return array == null
                ? ofNative(segment().asSlice(begin))
                : new PacketMemory(array, offset + begin, size - begin, null);
    }

    /// The array that the region is part of; null for native memory.
    public final byte @Nullable [] array() {
        return array;
    }

    /// The same for a region that is known to be in an array, as all plaintext is.
    ///
    /// @throws IllegalStateException for native memory
    public byte[] heapArray() {
        if (array == null) {
            throw new IllegalStateException("native memory");
        }
        return array;
    }

    /// Where the region begins in `array`; 0 for native memory.
    public final int offset() {
        return offset;
    }

    /// How many bytes it has.
    public final int size() {
        return size;
    }

    /// The region, and nothing around it; the same object each time. Only native code asks for that of an array.
    public MemorySegment segment() {
        var known = segment;
        if (known == null) {
            // two threads may both make one: they are alike
            known = MemorySegment.ofArray(Objects.requireNonNull(array)).asSlice(offset, size);
            segment = known;
        }
        return known;
    }
}
