package phasebench.relay.plant;

import org.jspecify.annotations.Nullable;

/// `alloc`: allocates with each packet. The newest array is kept until the next one, so that the JIT cannot leave it
/// out.
final class AllocationPlant extends ViewerPlant {
    /// An array without elements: its header (with compressed class pointers, the default).
    static final int OBJECT_BYTES_MIN = 16;

    private final int elements;
    private byte @Nullable [] newest;

    /// @param bytes of the whole object
    AllocationPlant(int bytes) {
        this.elements = bytes - OBJECT_BYTES_MIN;
    }

    @Override
    public void packet(int bytes) {
        newest = new byte[elements];
    }

    @Override
    public void endOfUnit() {}

    /// How many elements the newest array has; -1 before the first packet.
    int newestElements() {
        return newest == null ? -1 : newest.length;
    }
}
