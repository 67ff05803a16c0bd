package phasebench.relay.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// The socket calls of Linux that the JDK does not offer, by the C library. Layouts and constants are those
/// of 64-bit Linux (x86-64 and aarch64 agree).
final class LinuxSockets {
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOPROTOOPT = 92;
    static final MemoryLayout ERRNO_STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO = ERRNO_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;
    private static final int AF_INET = 2;
    private static final int IPPROTO_IP = 0;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    /// A value that no socket has but for a moment.
    private static final int MARK = 173;

    private static final ReentrantLock MARKING = new ReentrantLock();

    private static final Loaded LOADED = Loaded.load();

    /// Method handles of the C library; all but `sendmmsg` are for start-up only.
    private record Calls(MethodHandle sendmmsg, MethodHandle getsockname, MethodHandle getsockopt) {}

    private sealed interface Loaded {
        record Ready(Calls calls) implements Loaded {}

        record Missing(String reason) implements Loaded {}

        @SuppressWarnings("restricted")
        static Loaded load() {
            if (!System.getProperty("os.name").equals("Linux") || ADDRESS.byteSize() != Long.BYTES) {
                return new Missing("not a 64-bit Linux");
            }
            try {
                var linker = Linker.nativeLinker();
                var c = linker.defaultLookup();
                return new Ready(new Calls(
                        linker.downcallHandle(
                                c.findOrThrow("sendmmsg"),
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                                Linker.Option.captureCallState("errno")),
                        linker.downcallHandle(
                                c.findOrThrow("getsockname"),
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)),
                        linker.downcallHandle(
                                c.findOrThrow("getsockopt"),
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS))));
            } catch (RuntimeException | LinkageError e) {
                return new Missing("no sendmmsg in the C library, or native access denied: " + e);
            }
        }
    }

    private final int fd;

    private LinuxSockets(int fd) {
        this.fd = fd;
    }

    /// Finds the descriptor of the JDK's socket, which the JDK does not tell. Several sockets may be bound to
    /// its address, so it is marked by an option that the JDK sets and getsockopt(2) shows, and that unicast
    /// never uses.
    ///
    /// @throws IOException if that cannot be done here, with the reason
    static LinuxSockets of(DatagramChannel bound) throws IOException {
        var calls = switch (LOADED) {
            case Loaded.Missing(var reason) -> throw new IOException(reason);
            case Loaded.Ready(var ready) -> ready;
        };
        MARKING.lock();
        try {
            int before = bound.getOption(StandardSocketOptions.IP_MULTICAST_TTL);
            bound.setOption(StandardSocketOptions.IP_MULTICAST_TTL, MARK);
            try {
                return new LinuxSockets(findMarked(calls, (InetSocketAddress) bound.getLocalAddress()));
            } finally {
                bound.setOption(StandardSocketOptions.IP_MULTICAST_TTL, before);
            }
        } finally {
            MARKING.unlock();
        }
    }

    int fd() {
        return fd;
    }

    /// @throws IOException if this kernel does not know UDP_SEGMENT (udp(7), Linux 4.18)
    void requireSegmentation() throws IOException {
        try (var arena = Arena.ofConfined()) {
            if (option(calls(), arena, fd, SOL_UDP, UDP_SEGMENT) < 0) {
                throw new IOException("the kernel has no UDP_SEGMENT");
            }
        }
    }

    /// Calls sendmmsg(2) without blocking.
    ///
    /// @param messages `count` times a struct mmsghdr
    /// @param errnoState of the layout `ERRNO_STATE`
    /// @return how many it sent, or minus errno when not even one
    int sendmmsg(MemorySegment messages, int count, MemorySegment errnoState) {
        try {
            int sent = (int) calls().sendmmsg().invokeExact(errnoState, fd, messages, count, MSG_DONTWAIT);
            return sent < 0 ? -(int) ERRNO.get(errnoState, 0L) : sent;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// By way of a constant, so that the compiler sees the handle and inlines the call.
    private static Calls calls() {
        return ((Loaded.Ready) LOADED).calls();
    }

    private static int findMarked(Calls calls, InetSocketAddress boundTo) throws IOException {
        try (var arena = Arena.ofConfined();
                var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var path : descriptors) {
                int fd = Integer.parseInt(path.getFileName().toString());
                if (isBoundTo(calls, arena, fd, boundTo)
                        && option(calls, arena, fd, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM
                        && option(calls, arena, fd, IPPROTO_IP, IP_MULTICAST_TTL) == MARK) {
                    return fd;
                }
            }
            throw new IOException("no descriptor in /proc/self/fd is bound to " + boundTo);
        }
    }

    private static boolean isBoundTo(Calls calls, Arena arena, int fd, InetSocketAddress address) {
        var name = arena.allocate(128, 8);
        var length = arena.allocateFrom(JAVA_INT, 128);
        try {
            if ((int) calls.getsockname().invokeExact(fd, name, length) != 0) {
                return false;
            }
        } catch (Throwable e) {
            throw broken(e);
        }
        var expected = arena.allocate(SocketAddressIn.BYTES, 8);
        SocketAddressIn.write(expected, 0, Destination.of(address));
        return name.asSlice(0, SocketAddressIn.BYTES).mismatch(expected) == -1;
    }

    /// @return the value, at least 0 for those asked for here; negative if the descriptor has no such option
    private static int option(Calls calls, Arena arena, int fd, int level, int name) {
        var value = arena.allocate(JAVA_INT);
        var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
        try {
            int result = (int) calls.getsockopt().invokeExact(fd, level, name, value, length);
            return result == 0 ? value.get(JAVA_INT, 0) : -1;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a downcall does not match its declaration", e);
    }

    /// struct sockaddr_in of ip(7): family 0, port 2, address 4, zeros 8.
    static final class SocketAddressIn {
        static final int BYTES = 16;

        private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
        private static final ValueLayout.OfInt IP = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

        private SocketAddressIn() {}

        static void write(MemorySegment segment, long offset, Destination address) {
            segment.set(ValueLayout.JAVA_SHORT, offset, (short) AF_INET);
            segment.set(PORT, offset + 2, (short) address.port());
            segment.set(IP, offset + 4, address.ip());
            segment.set(ValueLayout.JAVA_LONG, offset + 8, 0);
        }
    }

    /// The control message of udp(7) that has a message cut into datagrams: struct cmsghdr (len 0, level 8,
    /// type 12) and the size of a segment, 16 bits, padded.
    static final class SegmentSize {
        static final int BYTES = 24;

        private static final int SIZE = 16;

        private SegmentSize() {}

        /// Writes all but the size.
        static void prepare(MemorySegment segment, long offset) {
            segment.set(ValueLayout.JAVA_LONG, offset, SIZE + Short.BYTES);
            segment.set(ValueLayout.JAVA_INT, offset + 8, SOL_UDP);
            segment.set(ValueLayout.JAVA_INT, offset + 12, UDP_SEGMENT);
        }

        static void write(MemorySegment segment, long offset, int segmentBytes) {
            segment.set(ValueLayout.JAVA_SHORT, offset + SIZE, (short) segmentBytes);
        }
    }
}
