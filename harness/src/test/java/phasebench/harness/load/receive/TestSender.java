package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A relay's socket, seen from the viewers: on 127.0.0.1, with the kernel's segmentation if asked for.
final class TestSender implements AutoCloseable {
    private static final int UDP_SEGMENT = 103;
    private static final int LOOPBACK = 0x7f00_0001;

    private final NativeSockets calls = NativeSockets.linked();
    private final int socket = calls.open();
    private final int port = calls.bindAnywhere(socket);
    private final MemorySegment memory = Arena.ofAuto().allocate(256 + 65_536, 64);

    TestSender() throws IOException {}

    /// Has what is sent from now on be cut into datagrams of so many bytes.
    void segment(int bytes) throws IOException {
        calls.option(socket, NativeSockets.SOL_UDP, UDP_SEGMENT, bytes);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    void send(byte[] bytes, InetSocketAddress to) throws IOException {
        int ip = SocketMemory.ip(to.getAddress().getAddress());
        SocketMemory.copy(bytes, bytes.length, memory, 256);
        SocketMemory.Parts parts = new SocketMemory.Parts(0, 64, 96, 128, SocketMemory.PACKET_INFO_BYTES);
        SocketMemory.writeHeader(memory, parts, 256, bytes.length);
        SocketMemory.writePacketInfo(memory, parts.control(), LOOPBACK);
        memory.set(JAVA_LONG, parts.name(), SocketMemory.addressKey(ip, to.getPort()));
        memory.set(JAVA_INT, parts.name() + 8, 0);
        calls.send(socket, memory);
    }

    @Override
    public void close() {
        calls.close(socket);
    }
}
