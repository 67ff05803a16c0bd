package phasebench.relay.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// UDP sockets of 127.0.0.1 whose filter (classic BPF, socket(7)) drops every packet: a packet makes the whole way
/// through the kernel to its receiver, and then nobody has to read it.
final class BenchmarkSinks implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final short BPF_RET_K = 0x06;

    private static final Calls CALLS = Calls.load();

    private record Calls(
            MethodHandle socket,
            MethodHandle bind,
            MethodHandle setsockopt,
            MethodHandle getsockname,
            MethodHandle close) {
        @SuppressWarnings("restricted")
        static Calls load() {
            var linker = Linker.nativeLinker();
            var c = linker.defaultLookup();
            return new Calls(
                    linker.downcallHandle(
                            c.findOrThrow("socket"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)),
                    linker.downcallHandle(
                            c.findOrThrow("bind"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)),
                    linker.downcallHandle(
                            c.findOrThrow("setsockopt"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)),
                    linker.downcallHandle(
                            c.findOrThrow("getsockname"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)),
                    linker.downcallHandle(c.findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT)));
        }
    }

    private final List<Integer> descriptors = new ArrayList<>();
    private final List<Destination> destinations = new ArrayList<>();

    BenchmarkSinks(int count) {
        try {
            for (int i = 0; i < count; i++) {
                open();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    List<Destination> destinations() {
        return List.copyOf(destinations);
    }

    private void open() {
        try (var arena = Arena.ofConfined()) {
            int fd = (int) CALLS.socket.invokeExact(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
            require(fd, "socket");
            descriptors.add(fd);
            var name = loopbackAnyPort(arena);
            var length = arena.allocateFrom(JAVA_INT, LinuxSockets.SocketAddressIn.BYTES);
            require((int) CALLS.bind.invokeExact(fd, name, LinuxSockets.SocketAddressIn.BYTES), "bind");
            require((int) CALLS.getsockname.invokeExact(fd, name, length), "getsockname");
            var program = dropAll(arena);
            require(
                    (int) CALLS.setsockopt.invokeExact(
                            fd, SOL_SOCKET, SO_ATTACH_FILTER, program, (int) program.byteSize()),
                    "SO_ATTACH_FILTER");
            int port = Short.toUnsignedInt(Short.reverseBytes(name.get(JAVA_SHORT, 2)));
            destinations.add(Destination.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// struct sockaddr_in of ip(7), port 0.
    private static MemorySegment loopbackAnyPort(Arena arena) {
        var name = arena.allocate(LinuxSockets.SocketAddressIn.BYTES, 8);
        name.set(JAVA_SHORT, 0, (short) AF_INET);
        MemorySegment.copy(InetAddress.getLoopbackAddress().getAddress(), 0, name, JAVA_BYTE, 4, Integer.BYTES);
        return name;
    }

    /// struct sock_fprog of one struct sock_filter (code, jt, jf, k): keep 0 bytes of every packet.
    private static MemorySegment dropAll(Arena arena) {
        var filter = arena.allocate(8, 8);
        filter.set(JAVA_SHORT, 0, BPF_RET_K);
        var program = arena.allocate(16, 8);
        program.set(JAVA_SHORT, 0, (short) 1);
        program.set(ADDRESS, 8, filter);
        return program;
    }

    private static void require(int result, String call) {
        if (result < 0) {
            throw new IllegalStateException(call + " failed");
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return e instanceof IllegalStateException known
                ? known
                : new IllegalStateException("a downcall does not match its declaration", e);
    }

    @Override
    public void close() {
        for (int fd : descriptors) {
            try {
                int _ = (int) CALLS.close.invokeExact(fd);
            } catch (Throwable e) {
                throw broken(e);
            }
        }
        descriptors.clear();
    }
}
