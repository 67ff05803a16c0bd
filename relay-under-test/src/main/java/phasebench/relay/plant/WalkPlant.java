package phasebench.relay.plant;

/// `walk`: memory of the viewer's own, of which every cache line is read and written with each frame. What else
/// was in the cache is gone afterwards.
final class WalkPlant extends ViewerPlant {
    /// Of a cache line on the processors that relays run on.
    static final int LINE_BYTES = 64;

    private final byte[] memory;

    WalkPlant(int bytes) {
        this.memory = new byte[bytes];
    }

    @Override
    public void packet(int bytes) {}

    @Override
    public void endOfUnit() {
        for (int i = 0; i < memory.length; i += LINE_BYTES) {
            memory[i]++;
        }
    }

    /// How often the byte at an offset was written, modulo 256.
    byte at(int offset) {
        return memory[offset];
    }
}
