package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One kind of work done for a fixed number of packets: frame by frame, destination by destination.
///
/// `struct mmsghdr` is 64 bytes: name 0, its length 8, iovec 16, their number 24, control 32, its length 40. Layouts
/// are those of 64-bit Linux.
sealed interface PacketLoop {
    /// Two frames for each of a hundred destinations.
    int PACKETS = 1600;

    int DESTINATIONS = 100;

    /// Room for a protected packet.
    int SLOT_BYTES = 1280;

    int MESSAGE_BYTES = 64;
    int IOVEC_BYTES = 16;

    void run() throws IOException;

    /// Protects, and sends nothing.
    record Protecting(List<PacketProtector> protectors, MemorySegment slab) implements PacketLoop {
        @Override
        public void run() {
            for (int i = 0; i < PACKETS; i++) {
                long slot = (long) (i % 64) * SLOT_BYTES;
                protectors.get(destination(i)).protect(i % FloorPackets.FRAME_PACKETS, slab, slot);
            }
        }
    }

    /// A system call for each packet.
    record Single(Wire wire, List<PacketProtector> protectors, MemorySegment slab) implements PacketLoop {
        @Override
        public void run() throws IOException {
            long packet = slab.address();
            for (int i = 0; i < PACKETS; i++) {
                int destination = destination(i);
                int bytes = protectors.get(destination).protect(i % FloorPackets.FRAME_PACKETS, slab, 0);
                wire.calls.send(wire.socket, packet, bytes, wire.sinks.address(destination));
            }
        }
    }

    /// `sendmmsg(2)` of so many packets, whoever they are for.
    record Batch(Wire wire, List<PacketProtector> protectors, MemorySegment slab, MemorySegment messages, int count)
            implements PacketLoop {
        static Batch of(Wire wire, List<PacketProtector> protectors, int count) {
            MemorySegment slab = Arena.global().allocate((long) count * SLOT_BYTES, 64);
            MemorySegment messages = Arena.global().allocate((long) count * (MESSAGE_BYTES + IOVEC_BYTES), 64);
            for (int slot = 0; slot < count; slot++) {
                long message = (long) slot * MESSAGE_BYTES;
                long iovec = iovec(count, slot);
                messages.set(JAVA_INT, message + 8, DatagramCalls.ADDRESS_BYTES);
                messages.set(JAVA_LONG, message + 16, messages.address() + iovec);
                messages.set(JAVA_LONG, message + 24, 1);
                messages.set(JAVA_LONG, iovec, slab.address() + (long) slot * SLOT_BYTES);
            }
            return new Batch(wire, protectors, slab, messages, count);
        }

        private static long iovec(int count, int slot) {
            return (long) count * MESSAGE_BYTES + (long) slot * IOVEC_BYTES;
        }

        @Override
        public void run() throws IOException {
            int slot = 0;
            for (int i = 0; i < PACKETS; i++) {
                int destination = destination(i);
                int bytes = protectors
                        .get(destination)
                        .protect(i % FloorPackets.FRAME_PACKETS, slab, (long) slot * SLOT_BYTES);
                messages.set(JAVA_LONG, (long) slot * MESSAGE_BYTES, wire.sinks.address(destination));
                messages.set(JAVA_LONG, iovec(count, slot) + 8, bytes);
                if (++slot == count) {
                    wire.calls.send(wire.socket, messages.address(), count);
                    slot = 0;
                }
            }
        }
    }

    /// A message of so many segments for one destination, cut by the kernel (UDP_SEGMENT, udp(7)).
    record Gso(Wire wire, List<PacketProtector> protectors, MemorySegment slab, MemorySegment message, int segments)
            implements PacketLoop {
        /// `struct cmsghdr` with two bytes of data, and its length with padding.
        private static final int CONTROL_LENGTH = 18;

        private static final int CONTROL_SPACE = 24;
        private static final int CONTROL_AT = MESSAGE_BYTES;
        private static final int IOVEC_AT = CONTROL_AT + CONTROL_SPACE;

        static Gso of(Wire wire, List<PacketProtector> protectors, int segments) {
            MemorySegment slab = Arena.global().allocate((long) segments * SLOT_BYTES, 64);
            MemorySegment message = Arena.global().allocate(IOVEC_AT + IOVEC_BYTES, 64);
            message.set(JAVA_INT, 8, DatagramCalls.ADDRESS_BYTES);
            message.set(JAVA_LONG, 16, message.address() + IOVEC_AT);
            message.set(JAVA_LONG, 24, 1);
            message.set(JAVA_LONG, 32, message.address() + CONTROL_AT);
            message.set(JAVA_LONG, 40, CONTROL_SPACE);
            message.set(JAVA_LONG, CONTROL_AT, CONTROL_LENGTH);
            message.set(JAVA_INT, CONTROL_AT + 8, DatagramCalls.SOL_UDP);
            message.set(JAVA_INT, CONTROL_AT + 12, DatagramCalls.UDP_SEGMENT);
            message.set(JAVA_LONG, IOVEC_AT, slab.address());
            return new Gso(wire, protectors, slab, message, segments);
        }

        @Override
        public void run() throws IOException {
            for (int i = 0; i < PACKETS; i += segments) {
                int destination = i / segments % DESTINATIONS;
                PacketProtector protector = protectors.get(destination);
                int bytes = 0;
                long end = 0;
                for (int segment = 0; segment < segments; segment++) {
                    bytes = protector.protect(segment % FloorPackets.FRAME_PACKETS, slab, end);
                    end += bytes;
                }
                message.set(JAVA_LONG, 0, wire.sinks.address(destination));
                message.set(JAVA_SHORT, CONTROL_AT + 16, (short) bytes);
                message.set(JAVA_LONG, IOVEC_AT + 8, end);
                wire.calls.send(wire.socket, message.address(), 1);
            }
        }
    }

    private static int destination(int packet) {
        return packet / FloorPackets.FRAME_PACKETS % DESTINATIONS;
    }

    /// The socket that sends, and where to.
    record Wire(DatagramCalls calls, int socket, SinkSockets sinks) {}
}
