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
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// The socket calls of Linux that the JDK does not offer, by the C library. Layouts and constants are those of
/// 64-bit Linux (x86-64 and aarch64 agree).
final class LinuxSockets {
    static final int EAGAIN = 11;
    static final MemoryLayout ERRNO_STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO = ERRNO_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;
    private static final int AF_INET = 2;

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

    /// Finds the descriptor of the JDK's socket, by its address: the JDK does not tell it.
    ///
    /// @throws IOException if that cannot be done here, with the reason
    static LinuxSockets of(InetSocketAddress boundTo) throws IOException {
        return switch (LOADED) {
            case Loaded.Missing(var reason) -> throw new IOException(reason);
            case Loaded.Ready(var calls) -> new LinuxSockets(findDescriptor(calls, boundTo));
        };
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

    private static int findDescriptor(Calls calls, InetSocketAddress boundTo) throws IOException {
        try (var arena = Arena.ofConfined();
                var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            var found = -1;
            for (var path : descriptors) {
                int fd = Integer.parseInt(path.getFileName().toString());
                if (isOurs(calls, arena, fd, boundTo)) {
                    if (found >= 0) {
                        throw new IOException("two sockets are bound to " + boundTo);
                    }
                    found = fd;
                }
            }
            if (found < 0) {
                throw new IOException("no descriptor in /proc/self/fd is bound to " + boundTo);
            }
            return found;
        }
    }

    /// Whether getsockname(2) and SO_TYPE say it is our UDP socket.
    private static boolean isOurs(Calls calls, Arena arena, int fd, InetSocketAddress boundTo) {
        var name = arena.allocate(128, 8);
        var length = arena.allocateFrom(JAVA_INT, 128);
        var type = arena.allocate(JAVA_INT);
        var typeLength = arena.allocateFrom(JAVA_INT, Integer.BYTES);
        try {
            if ((int) calls.getsockname().invokeExact(fd, name, length) != 0
                    || (int) calls.getsockopt().invokeExact(fd, SOL_SOCKET, SO_TYPE, type, typeLength) != 0) {
                return false;
            }
        } catch (Throwable e) {
            throw broken(e);
        }
        return type.get(JAVA_INT, 0) == SOCK_DGRAM
                && name.get(ValueLayout.JAVA_SHORT, 0) == AF_INET
                && name.asSlice(0, SocketAddressIn.BYTES).mismatch(SocketAddressIn.of(arena, boundTo)) == -1;
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a downcall does not match its declaration", e);
    }

    /// struct sockaddr_in of ip(7).
    static final class SocketAddressIn {
        static final int BYTES = 16;

        private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

        private SocketAddressIn() {}

        static MemorySegment of(Arena arena, InetSocketAddress address) {
            var segment = arena.allocate(BYTES, 8);
            write(segment, 0, address);
            return segment;
        }

        static void write(MemorySegment segment, long offset, InetSocketAddress address) {
            segment.asSlice(offset, BYTES).fill((byte) 0);
            segment.set(ValueLayout.JAVA_SHORT, offset, (short) AF_INET);
            segment.set(PORT, offset + 2, (short) address.getPort());
            MemorySegment.copy(address.getAddress().getAddress(), 0, segment, ValueLayout.JAVA_BYTE, offset + 4, 4);
        }
    }
}
