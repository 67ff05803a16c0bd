package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for one recvmmsg(2): headers, source addresses, control data and datagrams. Belongs to the receiving thread.
final class ReceiveSlab {
    private static final int CONTROL_BYTES = SocketMemory.PACKET_INFO_BYTES + SocketMemory.CONTROL_INT_BYTES;

    /// What a message needs besides its datagram, rounded up to whole cache lines.
    private static final int NOTES_BYTES = 128;

    private static final int CONTROL_AT = NativeSockets.ADDRESS_BYTES + SocketMemory.IOVEC_BYTES;

    private final int messageCount;
    private final int dataBytes;
    private final long notesAt;
    private final long dataAt;
    private final MemorySegment memory;
    private final MemorySegment headers;

    /// Counts of datagrams that were nobody's: to an address without a viewer, or from another than the relay.
    private long strays;

    /// @param messageCount messages taken by one call
    /// @param dataBytes longest message
    ReceiveSlab(int messageCount, int dataBytes) {
        this.messageCount = messageCount;
        this.dataBytes = dataBytes;
        this.notesAt = (long) messageCount * SocketMemory.MMSGHDR_BYTES;
        this.dataAt = notesAt + (long) messageCount * NOTES_BYTES;
        this.memory = Arena.ofAuto().allocate(dataAt + (long) messageCount * dataBytes, 64);
        this.headers = memory.asSlice(0, notesAt);
        for (int i = 0; i < messageCount; i++) {
            long notes = notesAt(i);
            SocketMemory.Parts parts = new SocketMemory.Parts(
                    headerAt(i), notes, notes + NativeSockets.ADDRESS_BYTES, notes + CONTROL_AT, CONTROL_BYTES);
            SocketMemory.writeHeader(memory, parts, dataAt(i), dataBytes);
        }
    }

    private static long headerAt(int message) {
        return (long) message * SocketMemory.MMSGHDR_BYTES;
    }

    private long notesAt(int message) {
        return notesAt + (long) message * NOTES_BYTES;
    }

    private long dataAt(int message) {
        return dataAt + (long) message * dataBytes;
    }

    long strays() {
        return strays;
    }

    int messageCount() {
        return messageCount;
    }

    /// Takes what waits in a socket, as much as fits, and hands it out.
    ///
    /// @return messages taken, and in the upper half how many datagrams of them were media
    long take(NativeSockets calls, SharedSocket socket) throws IOException {
        int taken = calls.receive(socket.descriptor(), headers, messageCount);
        if (taken == 0) {
            return 0;
        }
        long nowNs = System.nanoTime();
        long mediaCount = 0;
        for (int i = 0; i < taken; i++) {
            mediaCount += handOut(i, socket, nowNs);
        }
        return mediaCount << 32 | taken;
    }

    private int handOut(int message, SharedSocket socket, long nowNs) {
        long header = headerAt(message);
        long control = notesAt(message) + CONTROL_AT;
        long controlEnd = control + memory.get(JAVA_LONG, header + SocketMemory.MSGHDR_CONTROL_LENGTH);
        memory.set(JAVA_LONG, header + SocketMemory.MSGHDR_CONTROL_LENGTH, CONTROL_BYTES);
        int length = memory.get(JAVA_INT, header + SocketMemory.MMSGHDR_LENGTH);
        int ip = 0;
        int segmentBytes = length;
        while (control + SocketMemory.CMSGHDR_BYTES <= controlEnd) {
            int level = memory.get(JAVA_INT, control + 8);
            int type = memory.get(JAVA_INT, control + 12);
            if (level == NativeSockets.IPPROTO_IP && type == NativeSockets.IP_PKTINFO) {
                ip = memory.get(SocketMemory.IP, control + SocketMemory.PACKET_INFO_DESTINATION);
            } else if (level == NativeSockets.SOL_UDP && type == NativeSockets.UDP_GRO) {
                segmentBytes = memory.get(JAVA_INT, control + SocketMemory.CMSGHDR_BYTES);
            }
            control += memory.get(JAVA_LONG, control) + 7 & ~7L;
        }
        DatagramSink sink = socket.sink(ip, memory.get(JAVA_LONG, notesAt(message)));
        if (sink == null) {
            strays++;
            return 0;
        }
        int mediaCount = 0;
        long data = dataAt(message);
        if (length > dataBytes) {
            int whole = DatagramSink.isMedia(memory, data, length) ? length : dataBytes;
            return sink.datagram(memory, data, whole, nowNs) ? 1 : 0;
        }
        for (int at = 0; at < length; at += segmentBytes) {
            boolean isMedia = sink.datagram(memory, data + at, Math.min(segmentBytes, length - at), nowNs);
            mediaCount += isMedia ? 1 : 0;
        }
        return mediaCount;
    }
}
