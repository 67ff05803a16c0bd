package phasebench.relay.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.PacketBuffer;

/// Native memory for one sendmmsg(2): payload slots, and the structs that point at them, laid out once.
/// Packets of many viewers may lie in it one after the other; each message holds one packet, or several of
/// one viewer that the kernel cuts apart (UDP_SEGMENT of udp(7)). Owned by one thread at a time.
final class SendSlab {
    static final int SLOT_COUNT = 128;
    static final int SLOT_BYTES = 1536;

    /// struct mmsghdr on 64-bit Linux: msghdr (name 0, namelen 8, iov 16, iovlen 24, control 32, controllen
    /// 40, flags 48), then msg_len at 56.
    private static final int MESSAGE_BYTES = 64;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IOVECS = 16;
    private static final int IOVEC_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;

    /// struct iovec: base 0, len 8.
    private static final int IOVEC_BYTES = 16;

    private static final int IOVEC_LENGTH = 8;

    private static final int NAME_BYTES = LinuxSockets.SocketAddressIn.BYTES;
    private static final int CONTROL_BYTES = LinuxSockets.SegmentSize.BYTES;

    private final PacketBuffer[] slots = new PacketBuffer[SLOT_COUNT];

    /// What begins with each message: made once, as making a slice for a call would be garbage.
    private final MemorySegment[] messagesFrom = new MemorySegment[SLOT_COUNT];

    private final MemorySegment messages;
    private final MemorySegment iovecs;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment errnoState;

    /// One of each per packet, or per message.
    private final int[] packetBytes = new int[SLOT_COUNT];

    private final int[] firstPackets = new int[SLOT_COUNT];
    private final int[] packetCounts = new int[SLOT_COUNT];

    /// Whose address stands in the message's name; stays true when the slab is cleared.
    private final @Nullable Destination[] named = new @Nullable Destination[SLOT_COUNT];

    private int packetCount;
    private int messageCount;

    SendSlab(Arena arena) {
        var payload = arena.allocate((long) SLOT_COUNT * SLOT_BYTES, 64);
        messages = arena.allocate((long) SLOT_COUNT * MESSAGE_BYTES, 64);
        iovecs = arena.allocate((long) SLOT_COUNT * IOVEC_BYTES, 64);
        names = arena.allocate((long) SLOT_COUNT * NAME_BYTES, 64);
        controls = arena.allocate((long) SLOT_COUNT * CONTROL_BYTES, 64);
        errnoState = arena.allocate(LinuxSockets.ERRNO_STATE);
        for (int i = 0; i < SLOT_COUNT; i++) {
            var slot = payload.asSlice((long) i * SLOT_BYTES, SLOT_BYTES);
            slots[i] = PacketBuffer.overNative(slot);
            iovecs.set(ValueLayout.ADDRESS, (long) i * IOVEC_BYTES, slot);
            var message = messages.asSlice((long) i * MESSAGE_BYTES);
            messagesFrom[i] = message;
            message.set(ValueLayout.ADDRESS, NAME, names.asSlice((long) i * NAME_BYTES, NAME_BYTES));
            message.set(ValueLayout.JAVA_INT, NAME_LENGTH, NAME_BYTES);
            message.set(ValueLayout.ADDRESS, CONTROL, controls.asSlice((long) i * CONTROL_BYTES, CONTROL_BYTES));
            LinuxSockets.SegmentSize.prepare(controls, (long) i * CONTROL_BYTES);
        }
    }

    boolean isFull() {
        return packetCount == SLOT_COUNT;
    }

    int messageCount() {
        return messageCount;
    }

    /// How many packets the message holds.
    int packetCount(int message) {
        return packetCounts[message];
    }

    /// How many packets lie in that many messages.
    int packetCount(int firstMessage, int messages) {
        int end = firstMessage + messages;
        return (end == messageCount ? packetCount : firstPackets[end]) - firstPackets[firstMessage];
    }

    /// Bytes of the packets of that many messages.
    long packetBytes(int firstMessage, int messages) {
        int first = firstPackets[firstMessage];
        int end = first + packetCount(firstMessage, messages);
        long bytes = 0;
        for (int i = first; i < end; i++) {
            bytes += packetBytes[i];
        }
        return bytes;
    }

    /// Where a message goes.
    Destination destination(int message) {
        var to = named[message];
        if (to == null) {
            throw new IllegalStateException("message " + message + " was never laid out");
        }
        return to;
    }

    void clear() {
        packetCount = 0;
        messageCount = 0;
    }

    /// The slot of the next packet.
    PacketBuffer next() {
        return slots[packetCount];
    }

    /// Takes the packet that was made in `next`, as a message of its own.
    void add(int length, Destination to) {
        addPacket(length);
        lay(messageCount, packetCount - 1, 1, to);
        messageCount++;
    }

    /// Takes the packet that was made in `next` into the last message, as its next segment: no longer than
    /// the first one, to the same destination.
    void join(int length) {
        addPacket(length);
        int message = messageCount - 1;
        segments(message, packetCounts[message] + 1);
    }

    /// Gives each packet of a message a message of its own.
    void split(int message) {
        int parts = packetCounts[message];
        int first = firstPackets[message];
        var to = destination(message);
        // there is room, as there are never more messages than packets
        for (int later = messageCount - 1; later > message; later--) {
            lay(later + parts - 1, firstPackets[later], packetCounts[later], destination(later));
        }
        for (int i = 0; i < parts; i++) {
            lay(message + i, first + i, 1, to);
        }
        messageCount += parts - 1;
    }

    /// Sends the messages from the given one on.
    ///
    /// @return how many of them the kernel took, or minus errno
    int send(LinuxSockets sockets, int firstMessage) {
        return sockets.sendmmsg(messagesFrom[firstMessage], messageCount - firstMessage, errnoState);
    }

    private void addPacket(int length) {
        iovecs.set(ValueLayout.JAVA_LONG, (long) packetCount * IOVEC_BYTES + IOVEC_LENGTH, length);
        packetBytes[packetCount] = length;
        packetCount++;
    }

    private void lay(int message, int first, int count, Destination to) {
        var known = named[message];
        if (known == null || !known.isSameAs(to)) {
            LinuxSockets.SocketAddressIn.write(names, (long) message * NAME_BYTES, to);
            named[message] = to;
        }
        firstPackets[message] = first;
        // by address: a slice for it would be garbage
        long firstIovec = iovecs.address() + (long) first * IOVEC_BYTES;
        messages.set(ValueLayout.JAVA_LONG, (long) message * MESSAGE_BYTES + IOVECS, firstIovec);
        segments(message, count);
    }

    private void segments(int message, int count) {
        packetCounts[message] = count;
        long offset = (long) message * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_LONG, offset + IOVEC_COUNT, count);
        messages.set(ValueLayout.JAVA_LONG, offset + CONTROL_LENGTH, count == 1 ? 0 : CONTROL_BYTES);
        if (count > 1) {
            int segmentBytes = packetBytes[firstPackets[message]];
            LinuxSockets.SegmentSize.write(controls, (long) message * CONTROL_BYTES, segmentBytes);
        }
    }
}
