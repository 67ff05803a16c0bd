package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for one recvmmsg(2): headers, source addresses, control data and datagrams. Belongs to the receiving thread.
///
/// What a call has taken is handed out in two passes. The first finds the viewers and has them read what they know
/// ([DatagramSink#approach]): that is spread over memory and seldom in a cache, and the processor fetches it for
/// several viewers at once only if nothing waits for it.
final class ReceiveSlab {
    private static final int CONTROL_AT = NativeSockets.ADDRESS_BYTES + SocketMemory.IOVEC_BYTES;

    private final int messageCount;
    private final int dataBytes;
    private final int controlBytes;
    private final int notesBytes;
    private final long notesAt;
    private final long dataAt;
    private final MemorySegment memory;
    private final MemorySegment headers;

    /// The client of each message; by number, because the collector would have to hear of references.
    private final int[] clients;

    /// Counts of datagrams that were nobody's: to an address without a viewer, or from another than the relay.
    private long strays;

    /// What viewers read in the first pass; kept, so that the compiler does not leave it out.
    @SuppressWarnings("UnusedVariable")
    private long approached;

    /// @param messageCount messages taken by one call
    /// @param dataBytes longest message
    /// @param isGro whether a message may be several datagrams, with a note of their length
    ReceiveSlab(int messageCount, int dataBytes, boolean isGro) {
        this.messageCount = messageCount;
        this.dataBytes = dataBytes;
        this.controlBytes = SocketMemory.PACKET_INFO_BYTES + (isGro ? SocketMemory.CONTROL_INT_BYTES : 0);
        this.notesBytes = CONTROL_AT + controlBytes + 63 & ~63; // whole cache lines, one without GRO
        this.notesAt = (long) messageCount * SocketMemory.MMSGHDR_BYTES;
        this.dataAt = notesAt + (long) messageCount * notesBytes;
        this.memory = Arena.ofAuto().allocate(dataAt + (long) messageCount * dataBytes, 64);
        this.headers = memory.asSlice(0, notesAt);
        this.clients = new int[messageCount];
        for (int i = 0; i < messageCount; i++) {
            long notes = notesAt(i);
            SocketMemory.Parts parts = new SocketMemory.Parts(
                    headerAt(i), notes, notes + NativeSockets.ADDRESS_BYTES, notes + CONTROL_AT, controlBytes);
            SocketMemory.writeHeader(memory, parts, dataAt(i), dataBytes);
        }
    }

    private static long headerAt(int message) {
        return (long) message * SocketMemory.MMSGHDR_BYTES;
    }

    private long notesAt(int message) {
        return notesAt + (long) message * notesBytes;
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
        find(taken, socket);
        long mediaCount = 0;
        for (int i = 0; i < taken; i++) {
            DatagramSink sink = socket.sink(clients[i]);
            if (sink == null) {
                strays++;
            } else {
                mediaCount += handOut(i, sink, nowNs);
            }
        }
        return mediaCount << 32 | taken;
    }

    private void find(int taken, SharedSocket socket) {
        int before = SharedSocket.NOBODY;
        long read = 0;
        for (int i = 0; i < taken; i++) {
            memory.set(JAVA_LONG, headerAt(i) + SocketMemory.MSGHDR_CONTROL_LENGTH, controlBytes);
            int ip = memory.get(SocketMemory.IP, packetInfo(i) + SocketMemory.PACKET_INFO_DESTINATION);
            int client = socket.client(ip, memory.get(JAVA_LONG, notesAt(i)));
            clients[i] = client;
            DatagramSink sink = client == before ? null : socket.sink(client);
            read += sink == null ? 0 : sink.approach();
            before = client;
        }
        approached += read;
    }

    /// Where the note about the local address stands: the kernel writes those of UDP (udp_cmsg_recv) before
    /// those of IP.
    private long packetInfo(int message) {
        long control = notesAt(message) + CONTROL_AT;
        return memory.get(JAVA_INT, control + 8) == NativeSockets.SOL_UDP
                ? control + SocketMemory.CONTROL_INT_BYTES
                : control;
    }

    private int handOut(int message, DatagramSink sink, long nowNs) {
        int length = memory.get(JAVA_INT, headerAt(message) + SocketMemory.MMSGHDR_LENGTH);
        long data = dataAt(message);
        if (length > dataBytes) {
            int whole = DatagramSink.isMedia(memory, data, length) ? length : dataBytes;
            return sink.datagram(memory, data, whole, nowNs) ? 1 : 0;
        }
        int segmentBytes = segmentBytes(message, length);
        int mediaCount = 0;
        for (int at = 0; at < length; at += segmentBytes) {
            boolean isMedia = sink.datagram(memory, data + at, Math.min(segmentBytes, length - at), nowNs);
            mediaCount += isMedia ? 1 : 0;
        }
        return mediaCount;
    }

    /// Length of each datagram of a message but the last.
    private int segmentBytes(int message, int length) {
        long control = notesAt(message) + CONTROL_AT;
        return memory.get(JAVA_INT, control + 8) == NativeSockets.SOL_UDP
                ? memory.get(JAVA_INT, control + SocketMemory.CMSGHDR_BYTES)
                : length;
    }
}
