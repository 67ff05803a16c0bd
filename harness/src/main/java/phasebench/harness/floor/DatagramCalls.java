package phasebench.harness.floor;

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

/// The socket calls of the floor, by the C library. Pointers into native memory travel as `long`, so that no slice has
/// to be made for a packet.
final class DatagramCalls {
    static final int SOL_SOCKET = 1;
    static final int SO_ATTACH_FILTER = 26;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int ADDRESS_BYTES = 16;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;

    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final Loaded LOADED = Loaded.load();

    /// Written by every call; the floor has one thread.
    private final MemorySegment errno = Arena.global().allocate(ERRNO_LAYOUT);

    private DatagramCalls() {}

    /// The calls, or why there are none.
    static DatagramCalls linked() throws IOException {
        return switch (LOADED) {
            case Loaded.Ready _ -> new DatagramCalls();
            case Loaded.Missing(String reason) -> throw new IOException(reason);
        };
    }

    /// A UDP socket on a free port of 127.0.0.1.
    int open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int socket = check((int) calls().socket.invokeExact(errno, AF_INET, SOCK_DGRAM, 0), "socket");
            MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            address.asSlice(4, 4).copyFrom(MemorySegment.ofArray(new byte[] {127, 0, 0, 1}));
            check((int) calls().bind.invokeExact(errno, socket, address, ADDRESS_BYTES), "bind");
            return socket;
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Writes where a socket is bound.
    ///
    /// @param to takes a `struct sockaddr_in`
    void address(int socket, MemorySegment to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
            check((int) calls().getsockname.invokeExact(errno, socket, to, length), "getsockname");
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

    /// One packet (sendto(2)).
    void send(int socket, long packet, int bytes, long address) throws IOException {
        try {
            long sent = (long) calls().sendto
                    .invokeExact(errno, socket, packet, (long) bytes, MSG_DONTWAIT, address, ADDRESS_BYTES);
            if (sent != bytes) {
                throw failure("sendto");
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Several messages by one call (sendmmsg(2)).
    ///
    /// @param messages `count` times a `struct mmsghdr`
    void send(int socket, long messages, int count) throws IOException {
        try {
            int sent = (int) calls().sendmmsg.invokeExact(errno, socket, messages, count, MSG_DONTWAIT);
            if (sent != count) {
                throw failure("sendmmsg, which took %d of %d messages,".formatted(sent, count));
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// The next datagram in a socket's queue.
    ///
    /// @return its length, or -1 when the queue is empty
    int receive(int socket, MemorySegment into) throws IOException {
        try {
            long bytes = (long) calls().recv.invokeExact(errno, socket, into, into.byteSize(), MSG_DONTWAIT);
            if (bytes < 0 && (int) ERRNO.get(errno, 0L) != EAGAIN) {
                throw failure("recv");
            }
            return (int) bytes;
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
            MethodHandle sendto,
            MethodHandle sendmmsg,
            MethodHandle recv,
            MethodHandle close) {}

    private sealed interface Loaded {
        record Ready(Calls calls) implements Loaded {}

        record Missing(String reason) implements Loaded {}

        @SuppressWarnings("restricted")
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
                        link("sendto", FunctionDescriptor.of(l, i, l, l, i, l, i)),
                        link("sendmmsg", FunctionDescriptor.of(i, i, l, i, i)),
                        link("recv", FunctionDescriptor.of(l, i, p, l, i)),
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
