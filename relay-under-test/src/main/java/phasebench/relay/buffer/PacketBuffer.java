package phasebench.relay.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Memory for one packet, counted by reference: who takes it from a pool holds the first reference, and the last
/// `release` gives it back. A buffer that is not pooled leaves that to the garbage collector.
///
/// Its bytes have one writer, before it is shared; any thread may retain and release.
public class PacketBuffer extends PacketMemory {
    /// Size of the RTP header that the relay writes (RFC 3550, section 5.1, no CSRC, no extension).
    public static final int RTP_HEADER_BYTES = 12;

    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(PacketBuffer.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Takes back a buffer nobody refers to any more.
    interface Owner {
        void takeBack(PacketBuffer buffer);
    }

    private final @Nullable Owner owner;
    private @Nullable PacketMemory body;
    private @Nullable ByteBuffer view;

    @SuppressWarnings("UnusedVariable") // by REFERENCES
    private volatile int references = 1;

    PacketBuffer(
            byte @Nullable [] array, int offset, int size, @Nullable MemorySegment segment, @Nullable Owner owner) {
        super(array, offset, size, segment);
        this.owner = owner;
    }

    /// Memory of the caller's, which is never given back.
    public static PacketBuffer over(byte[] array, int offset, int size) {
        return new PacketBuffer(array, offset, size, null, null);
    }

    /// Native memory of the caller's, which is never given back; a slot of a send slab.
    public static PacketBuffer overNative(MemorySegment segment) {
        return new PacketBuffer(null, 0, (int) segment.byteSize(), segment, null);
    }

    /// What follows an RTP header of 12 bytes; the same object each time.
    public PacketMemory body() {
        var known = body;
        if (known == null) {
            known = from(RTP_HEADER_BYTES);
            body = known;
        }
        return known;
    }

    /// The first `length` bytes, for a channel; the same object each time.
    ///
    /// @throws IllegalStateException for native memory
    public ByteBuffer view(int length) {
        var known = view;
        if (known == null) {
            known = ByteBuffer.wrap(heapArray());
            view = known;
        }
        return known.limit(offset() + length).position(offset());
    }

    /// Adds a reference.
    ///
    /// @throws IllegalStateException if nobody refers to it any more: a use after release
    public final PacketBuffer retain() {
        if ((int) REFERENCES.getAndAdd(this, 1) <= 0) {
            throw new IllegalStateException("retained after its release");
        }
        return this;
    }

    /// Drops a reference; the last one gives the memory back.
    ///
    /// @throws IllegalStateException if there was none left
    public final void release() {
        int before = (int) REFERENCES.getAndAdd(this, -1);
        if (before <= 0) {
            throw new IllegalStateException("released too often");
        }
        if (before == 1 && owner != null) {
            retire();
            owner.takeBack(this);
        }
    }

    /// Nobody holds it any more.
    void retire() {}

    /// Makes a buffer that came back ready for its next holder.
    void revive() {
        references = 1;
    }
}
