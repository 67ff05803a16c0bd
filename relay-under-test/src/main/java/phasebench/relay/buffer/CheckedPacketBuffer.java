package phasebench.relay.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pooled buffer that finds who uses it after its release, and who never releases it.
final class CheckedPacketBuffer extends PacketBuffer {
    private static final byte POISON = (byte) 0xdb;

    private volatile @Nullable Throwable takenAt;

    CheckedPacketBuffer(byte[] array, Owner owner) {
        super(array, 0, array.length, null, owner);
        Arrays.fill(array, POISON);
    }

    /// The stack of who took it; empty while it is idle.
    Optional<Throwable> takenAt() {
        return Optional.ofNullable(takenAt);
    }

    @Override
    void revive() {
        for (byte value : super.heapArray()) {
            if (value != POISON) {
                throw new IllegalStateException("a buffer was written to after its release");
            }
        }
        takenAt = new Throwable("buffer taken here");
        super.revive();
    }

    @Override
    void retire() {
        takenAt = null;
        Arrays.fill(super.heapArray(), POISON);
    }

    @Override
    public byte[] heapArray() {
        requireHeld();
        return super.heapArray();
    }

    @Override
    public MemorySegment segment() {
        requireHeld();
        return super.segment();
    }

    @Override
    public PacketMemory body() {
        requireHeld();
        return super.body();
    }

    @Override
    public ByteBuffer view(int length) {
        requireHeld();
        return super.view(length);
    }

    private void requireHeld() {
        if (takenAt == null) {
            throw new IllegalStateException("a buffer was used after its release");
        }
    }
}
