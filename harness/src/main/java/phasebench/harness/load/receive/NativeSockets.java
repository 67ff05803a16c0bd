package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The socket calls of Linux that the JDK does not offer, by the C library. Constants are those of 64-bit Linux
/// (x86-64 and aarch64 agree). An instance belongs to one thread at a time: it keeps the error number of its last call.
final class NativeSockets {
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_MEMINFO = 55;
    static final int IPPROTO_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;
    static final int AF_INET = 2;
    static final int ADDRESS_BYTES = 16;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;

    /// Has a receiving call tell the whole length of a datagram that it cut off.
    private static final int MSG_TRUNC = 0x20;

    private static final int EAGAIN = 11;

    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final Loaded LOADED = Loaded.load();

    private final MemorySegment errno = Arena.ofAuto().allocate(ERRNO_LAYOUT);

    private NativeSockets() {}

    /// The calls, or why there are none.
    static NativeSockets linked() throws IOException {
        return switch (LOADED) {
            case Loaded.Ready _ -> new NativeSockets();
            case Loaded.Missing(String reason) -> throw new IOException(reason);
        };
    }

    /// A UDP socket over IPv4, not bound.
    int open() throws IOException {
        try {
            return check((int) calls().socket.invokeExact(errno, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Binds a socket to all addresses and a free port.
    ///
    /// @return the port
    int bindAnywhere(int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            check((int) calls().bind.invokeExact(errno, socket, address, ADDRESS_BYTES), "bind");
            MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
            check((int) calls().getsockname.invokeExact(errno, socket, address, length), "getsockname");
            return Short.toUnsignedInt(address.get(SocketMemory.PORT, 2));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void option(int socket, int level, int option, MemorySegment value) throws IOException {
        try {
            check(
                    (int) calls().setsockopt.invokeExact(errno, socket, level, option, value, (int) value.byteSize()),
                    "setsockopt(%d, %d)".formatted(level, option));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void option(int socket, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            option(socket, level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    /// Reads an option into all of `value`.
    void read(int socket, int level, int option, MemorySegment value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            check(
                    (int) calls().getsockopt.invokeExact(errno, socket, level, option, value, length),
                    "getsockopt(%d, %d)".formatted(level, option));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Takes datagrams that wait (recvmmsg(2)).
    ///
    /// @param messages `count` times a `struct mmsghdr`
    /// @return how many, 0 when none waits; the lengths in `messages` are those of the whole datagrams
    int receive(int socket, MemorySegment messages, int count) throws IOException {
        try {
            int received = (int) calls().recvmmsg
                    .invokeExact(errno, socket, messages, count, MSG_DONTWAIT | MSG_TRUNC, MemorySegment.NULL);
            if (received < 0 && (int) ERRNO.get(errno, 0L) != EAGAIN) {
                throw failure("recvmmsg");
            }
            return Math.max(0, received);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Sends one datagram (sendmsg(2)).
    ///
    /// @param message a `struct msghdr`
    void send(int socket, MemorySegment message) throws IOException {
        try {
            long sent = (long) calls().sendmsg.invokeExact(errno, socket, message, MSG_DONTWAIT);
            if (sent < 0) {
                throw failure("sendmsg");
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void close(int socket) {
        try {
            int _ = (int) calls().close.invokeExact(errno, socket);
        } catch (Throwable e) {
            throw new IllegalStateException("a downcall does not match its declaration", e);
        }
    }

    private int check(int result, String call) throws IOException {
        if (result < 0) {
            throw failure(call);
        }
        return result;
    }

    private IOException failure(String call) {
        return new IOException(call + " failed with errno " + (int) ERRNO.get(errno, 0L));
    }

    private static IOException rethrow(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        };
    }

    /// By way of a constant, so that the compiler sees the handle and inlines the call.
    private static Calls calls() {
        return ((Loaded.Ready) LOADED).calls();
    }

    private record Calls(
            MethodHandle socket,
            MethodHandle bind,
            MethodHandle getsockname,
            MethodHandle setsockopt,
            MethodHandle getsockopt,
            MethodHandle recvmmsg,
            MethodHandle sendmsg,
            MethodHandle close) {}

    private sealed interface Loaded {
        record Ready(Calls calls) implements Loaded {}

        record Missing(String reason) implements Loaded {}

        static Loaded load() {
            if (!System.getProperty("os.name").equals("Linux") || ADDRESS.byteSize() != Long.BYTES) {
                return new Missing("not a 64-bit Linux");
            }
            try {
                var i = JAVA_INT;
                var l = JAVA_LONG;
                var p = ADDRESS;
                return new Ready(new Calls(
                        link("socket", FunctionDescriptor.of(i, i, i, i)),
                        link("bind", FunctionDescriptor.of(i, i, p, i)),
                        link("getsockname", FunctionDescriptor.of(i, i, p, p)),
                        link("setsockopt", FunctionDescriptor.of(i, i, i, i, p, i)),
                        link("getsockopt", FunctionDescriptor.of(i, i, i, i, p, p)),
                        link("recvmmsg", FunctionDescriptor.of(i, i, p, i, i, p)),
                        link("sendmsg", FunctionDescriptor.of(l, i, p, i)),
                        link("close", FunctionDescriptor.of(i, i))));
            } catch (RuntimeException | LinkageError e) {
                return new Missing("the C library's socket calls are not available: " + e);
            }
        }

        @SuppressWarnings("restricted")
        private static MethodHandle link(String function, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(function), type, Linker.Option.captureCallState("errno"));
        }
    }
}
