package phasebench.harness.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;

/// The few C library calls that the harness needs and Java does not offer. Where they cannot be linked, the failure
/// is kept, and each call reports it.
final class LinuxCalls {
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;

    /// Room for 1024 cores (sched_setaffinity(2)).
    private static final int CPU_SET_BYTES = 128;

    private static final StructLayout TIMESPEC = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("tv_sec"), ValueLayout.JAVA_LONG.withName("tv_nsec"));
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final LinuxCalls INSTANCE = new LinuxCalls();

    private final Linked linked = link();

    private LinuxCalls() {}

    static LinuxCalls instance() {
        return INSTANCE;
    }

    /// Why the calls are not available; empty if they are.
    Optional<String> failure() {
        return linked instanceof Linked.Failed(String reason) ? Optional.of(reason) : Optional.empty();
    }

    /// Nanoseconds of a clock (clock_gettime(2)).
    long clockNs(int clock) throws IOException {
        Handles handles = handles();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMESPEC);
            MemorySegment state = arena.allocate(CALL_STATE);
            check((int) handles.clockGettime.invokeExact(state, clock, time), state, "clock_gettime");
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// The clock that counts a process's CPU time (clock_getcpuclockid(3)).
    int cpuClock(long pid) throws IOException {
        Handles handles = handles();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment clock = arena.allocate(ValueLayout.JAVA_INT);
            int error = (int) handles.clockGetcpuclockid.invokeExact((int) pid, clock);
            if (error != 0) {
                throw new IOException("clock_getcpuclockid(%d) failed with error %d".formatted(pid, error));
            }
            return clock.get(ValueLayout.JAVA_INT, 0);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Confines one thread to the given cores (sched_setaffinity(2)).
    void setAffinity(int threadId, List<Integer> cores) throws IOException {
        Handles handles = handles();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPU_SET_BYTES);
            for (int core : cores) {
                int at = core / 8;
                set.set(ValueLayout.JAVA_BYTE, at, (byte) (set.get(ValueLayout.JAVA_BYTE, at) | (1 << (core % 8))));
            }
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = (int) handles.schedSetaffinity.invokeExact(state, threadId, (long) CPU_SET_BYTES, set);
            check(result, state, "sched_setaffinity");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Sends a signal to a process (kill(2)).
    void kill(long pid, int signal) throws IOException {
        Handles handles = handles();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            check((int) handles.kill.invokeExact(state, (int) pid, signal), state, "kill");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Opens a datagram socket, sets one integer option on it and closes it: whether the kernel knows the option.
    void trySocketOption(int level, int option, int value) throws IOException {
        Handles handles = handles();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int socket = (int) handles.socket.invokeExact(state, AF_INET, SOCK_DGRAM, 0);
            check(socket, state, "socket");
            try {
                MemorySegment argument = arena.allocateFrom(ValueLayout.JAVA_INT, value);
                int result = (int) handles.setsockopt.invokeExact(state, socket, level, option, argument, 4);
                check(result, state, "setsockopt");
            } finally {
                int _ = (int) handles.close.invokeExact(socket);
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Whether the C library has a function.
    @SuppressWarnings("restricted")
    static boolean hasFunction(String name) {
        return Linker.nativeLinker().defaultLookup().find(name).isPresent();
    }

    private Handles handles() throws IOException {
        return switch (linked) {
            case Linked.Ok(Handles handles) -> handles;
            case Linked.Failed(String reason) -> throw new IOException(reason);
        };
    }

    private static void check(int result, MemorySegment state, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + (int) ERRNO.get(state, 0L));
        }
    }

    private static IOException rethrow(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        };
    }

    @SuppressWarnings("restricted")
    private static Linked link() {
        try {
            Linker linker = Linker.nativeLinker();
            SymbolLookup libc = linker.defaultLookup();
            Linker.Option errno = Linker.Option.captureCallState("errno");
            var i = ValueLayout.JAVA_INT;
            var l = ValueLayout.JAVA_LONG;
            var p = ValueLayout.ADDRESS;
            return new Linked.Ok(new Handles(
                    linker.downcallHandle(libc.findOrThrow("clock_gettime"), FunctionDescriptor.of(i, i, p), errno),
                    linker.downcallHandle(libc.findOrThrow("clock_getcpuclockid"), FunctionDescriptor.of(i, i, p)),
                    linker.downcallHandle(
                            libc.findOrThrow("sched_setaffinity"), FunctionDescriptor.of(i, i, l, p), errno),
                    linker.downcallHandle(libc.findOrThrow("kill"), FunctionDescriptor.of(i, i, i), errno),
                    linker.downcallHandle(libc.findOrThrow("socket"), FunctionDescriptor.of(i, i, i, i), errno),
                    linker.downcallHandle(
                            libc.findOrThrow("setsockopt"), FunctionDescriptor.of(i, i, i, i, p, i), errno),
                    linker.downcallHandle(libc.findOrThrow("close"), FunctionDescriptor.of(i, i))));
        } catch (RuntimeException e) {
            return new Linked.Failed("the C library cannot be called: " + e);
        }
    }

    private sealed interface Linked {
        record Ok(Handles handles) implements Linked {}

        record Failed(String reason) implements Linked {}
    }

    private record Handles(
            MethodHandle clockGettime,
            MethodHandle clockGetcpuclockid,
            MethodHandle schedSetaffinity,
            MethodHandle kill,
            MethodHandle socket,
            MethodHandle setsockopt,
            MethodHandle close) {}
}
