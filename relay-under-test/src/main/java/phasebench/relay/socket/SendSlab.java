package phasebench.relay.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import phasebench.relay.buffer.PacketBuffer;

/// Native memory for one sendmmsg(2) of up to 64 datagrams to one address: payload slots, and the structs that
/// point at them, laid out once. Owned by one thread at a time.
final class SendSlab {
    static final int SLOT_COUNT = 64;
    static final int SLOT_BYTES = 1536;

    /// struct mmsghdr on 64-bit Linux: msghdr (name 0, namelen 8, iov 16, iovlen 24, control 32, controllen 40,
    /// flags 48), then msg_len at 56.
    private static final int MESSAGE_BYTES = 64;

    /// struct iovec: base 0, len 8.
    private static final int IOVEC_BYTES = 16;

    private final PacketBuffer[] slots = new PacketBuffer[SLOT_COUNT];
    private final MemorySegment messages;
    private final MemorySegment iovecs;
    private final MemorySegment name;
    private final MemorySegment errnoState;
    private int count;

    SendSlab(Arena arena) {
        var payload = arena.allocate((long) SLOT_COUNT * SLOT_BYTES, 64);
        messages = arena.allocate((long) SLOT_COUNT * MESSAGE_BYTES, 8);
        iovecs = arena.allocate((long) SLOT_COUNT * IOVEC_BYTES, 8);
        name = arena.allocate(LinuxSockets.SocketAddressIn.BYTES, 8);
        errnoState = arena.allocate(LinuxSockets.ERRNO_STATE);
        for (int i = 0; i < SLOT_COUNT; i++) {
            long message = (long) i * MESSAGE_BYTES;
            long iovec = (long) i * IOVEC_BYTES;
            messages.set(ValueLayout.ADDRESS, message, name);
            messages.set(ValueLayout.JAVA_INT, message + 8, LinuxSockets.SocketAddressIn.BYTES);
            messages.set(ValueLayout.ADDRESS, message + 16, iovecs.asSlice(iovec, IOVEC_BYTES));
            messages.set(ValueLayout.JAVA_LONG, message + 24, 1);
            var slot = payload.asSlice((long) i * SLOT_BYTES, SLOT_BYTES);
            slots[i] = PacketBuffer.overNative(slot);
            iovecs.set(ValueLayout.ADDRESS, iovec, slot);
        }
    }

    /// Begins a new batch.
    void to(InetSocketAddress address) {
        LinuxSockets.SocketAddressIn.write(name, 0, address);
        count = 0;
    }

    boolean isFull() {
        return count == SLOT_COUNT;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /// The slot of the next packet.
    PacketBuffer next() {
        return slots[count];
    }

    /// Counts in the packet that was made in `next`.
    void add(int length) {
        iovecs.set(ValueLayout.JAVA_LONG, (long) count * IOVEC_BYTES + 8, length);
        count++;
    }

    int length(int index) {
        return (int) iovecs.get(ValueLayout.JAVA_LONG, (long) index * IOVEC_BYTES + 8);
    }

    /// Sends the batch from the given datagram on.
    ///
    /// @return how many the kernel took, or minus errno
    int send(LinuxSockets sockets, int first) {
        var rest = messages.asSlice((long) first * MESSAGE_BYTES);
        return sockets.sendmmsg(rest, count - first, errnoState);
    }
}
