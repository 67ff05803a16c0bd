package phasebench.reports.comparison;

import java.util.List;

/// How much heap a ring of private packet copies takes (`nack: per-viewer`), derived part by part.
///
/// The counts are those of Pion's NACK responder, which the relay's ring follows (interceptor v0.1.42: 1024 packets by
/// default, each in a buffer of 1460 bytes). The sizes of objects are those of HotSpot with 64 bits, compressed
/// references and compressed class pointers, as for every heap below 32 GB: an object's header has 12 bytes, an array's
/// 16 with its length, a reference 4, and objects begin at multiples of 8 bytes (OpenJDK,
/// `-XX:ObjectAlignmentInBytes`).
///
/// @param bytes of all parts of the ring together
public record RingSize(List<Part> parts, long bytes) {
    /// Packets that a ring holds.
    static final int PACKETS = 1024;

    /// Bytes of the buffer for one of them.
    static final int BUFFER_BYTES = 1460;

    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int REFERENCE = 4;
    private static final int ALIGNMENT = 8;

    /// The ring of one video track of one viewer, full.
    public static final RingSize FULL = of(List.of(
            new Part("buffer of 1460 bytes for a packet", PACKETS, array(BUFFER_BYTES)),
            new Part("packet object around it, of 8 fields", PACKETS, object(8)),
            new Part("array of references to them", 1, array(PACKETS * REFERENCE)),
            new Part("array of their lengths", 1, array(PACKETS * Integer.BYTES)),
            new Part("array of their sequence numbers", 1, array(PACKETS * Short.BYTES)),
            new Part("the ring itself, of 5 fields", 1, object(5))));

    /// One part of the ring.
    ///
    /// @param bytesEach with its header, rounded up to where the next object may begin
    public record Part(String what, int count, long bytesEach) {
        public long bytes() {
            return count * bytesEach;
        }
    }

    public RingSize {
        parts = List.copyOf(parts);
    }

    private static RingSize of(List<Part> parts) {
        return new RingSize(parts, parts.stream().mapToLong(Part::bytes).sum());
    }

    private static long array(long contentBytes) {
        return aligned(ARRAY_HEADER + contentBytes);
    }

    private static long object(int fieldsOfFourBytes) {
        return aligned(OBJECT_HEADER + 4L * fieldsOfFourBytes);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
