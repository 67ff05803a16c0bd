package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The structures of socket calls in native memory, as 64-bit Linux lays them out (recvmmsg(2), cmsg(3), ip(7)).
final class SocketMemory {
    /// `struct mmsghdr`: a `struct msghdr` and the length received.
    static final int MMSGHDR_BYTES = 64;

    static final int MMSGHDR_LENGTH = 56;
    static final int MSGHDR_BYTES = 56;
    static final int MSGHDR_CONTROL_LENGTH = 40;
    static final int IOVEC_BYTES = 16;
    static final int CMSGHDR_BYTES = 16;

    /// A control message with a `struct in_pktinfo`: interface, local address, address in the header.
    static final int PACKET_INFO_BYTES = 32;

    static final int PACKET_INFO_LENGTH = CMSGHDR_BYTES + 12;
    static final int PACKET_INFO_SOURCE = CMSGHDR_BYTES + 4;
    static final int PACKET_INFO_DESTINATION = CMSGHDR_BYTES + 8;

    /// A control message with one `int`.
    static final int CONTROL_INT_BYTES = 24;

    static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt IP = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketMemory() {}

    /// Where the parts of a message lie, as offsets in one segment.
    record Parts(long header, long name, long vector, long control, int controlBytes) {}

    /// Writes a `struct msghdr` with one buffer.
    static void writeHeader(MemorySegment memory, Parts parts, long data, int dataBytes) {
        long base = memory.address();
        long at = parts.header;
        memory.set(JAVA_LONG, at, base + parts.name);
        memory.set(JAVA_INT, at + 8, NativeSockets.ADDRESS_BYTES);
        memory.set(JAVA_LONG, at + 16, base + parts.vector);
        memory.set(JAVA_LONG, at + 24, 1);
        memory.set(JAVA_LONG, at + 32, base + parts.control);
        memory.set(JAVA_LONG, at + MSGHDR_CONTROL_LENGTH, parts.controlBytes);
        memory.set(JAVA_LONG, parts.vector, base + data);
        memory.set(JAVA_LONG, parts.vector + 8, dataBytes);
    }

    /// Writes the control message that has a datagram leave from an address.
    static void writePacketInfo(MemorySegment memory, long at, int sourceIp) {
        memory.asSlice(at, PACKET_INFO_BYTES).fill((byte) 0);
        memory.set(JAVA_LONG, at, PACKET_INFO_LENGTH);
        memory.set(JAVA_INT, at + 8, NativeSockets.IPPROTO_IP);
        memory.set(JAVA_INT, at + 12, NativeSockets.IP_PKTINFO);
        memory.set(IP, at + PACKET_INFO_SOURCE, sourceIp);
    }

    /// A `struct sockaddr_in` up to the address, as one number: family, port and address.
    static long addressKey(int ip, int port) {
        MemorySegment address = MemorySegment.ofArray(new long[1]);
        address.set(JAVA_SHORT, 0, (short) NativeSockets.AF_INET);
        address.set(PORT, 2, (short) port);
        address.set(IP, 4, ip);
        return address.get(JAVA_LONG, 0);
    }

    /// IPv4 address as a number.
    static int ip(byte[] address) {
        return MemorySegment.ofArray(address).get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0);
    }

    static void copy(byte[] bytes, int length, MemorySegment memory, long at) {
        MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, at, length);
    }
}
