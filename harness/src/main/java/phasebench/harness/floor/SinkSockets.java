package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Sockets of 127.0.0.1 that packets are sent to: either they queue what comes, or a classic socket filter drops it
/// (SO_ATTACH_FILTER, socket(7)) after the whole way through the kernel.
final class SinkSockets implements AutoCloseable {
    private static final int BPF_RETURN_CONSTANT = 0x06;
    private static final int DATAGRAM_BYTES_MAX = 2048;

    private final DatagramCalls calls;
    private final List<Integer> sockets = new ArrayList<>();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment addresses;
    private final MemorySegment datagram = arena.allocate(DATAGRAM_BYTES_MAX, 8);

    private SinkSockets(DatagramCalls calls, int count) throws IOException {
        this.calls = calls;
        this.addresses = arena.allocate((long) count * DatagramCalls.ADDRESS_BYTES, 8);
        try {
            for (int i = 0; i < count; i++) {
                int socket = calls.open();
                sockets.add(socket);
                calls.address(
                        socket, addresses.asSlice((long) i * DatagramCalls.ADDRESS_BYTES, DatagramCalls.ADDRESS_BYTES));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    static SinkSockets queueing(DatagramCalls calls, int count) throws IOException {
        return new SinkSockets(calls, count);
    }

    static SinkSockets dropping(DatagramCalls calls, int count) throws IOException {
        SinkSockets sinks = new SinkSockets(calls, count);
        try {
            for (int socket : sinks.sockets) {
                sinks.dropAll(socket);
            }
            return sinks;
        } catch (IOException e) {
            sinks.close();
            throw e;
        }
    }

    /// `ret 0`: a filter of one instruction that keeps no byte of any packet.
    private void dropAll(int socket) throws IOException {
        MemorySegment instruction = arena.allocate(8, 8);
        instruction.set(JAVA_SHORT, 0, (short) BPF_RETURN_CONSTANT);
        instruction.set(JAVA_INT, 4, 0);
        MemorySegment program = arena.allocate(16, 8);
        program.set(JAVA_SHORT, 0, (short) 1);
        program.set(ADDRESS, 8, instruction);
        calls.option(socket, DatagramCalls.SOL_SOCKET, DatagramCalls.SO_ATTACH_FILTER, program);
    }

    /// Pointer to the `struct sockaddr_in` of one sink.
    long address(int sink) {
        return addresses.address() + (long) sink * DatagramCalls.ADDRESS_BYTES;
    }

    /// The next datagram of one sink.
    ///
    /// @return its length, or -1 when there is none
    int receive(int sink, MemorySegment into) throws IOException {
        return calls.receive(sockets.get(sink), into);
    }

    /// Empties every queue.
    ///
    /// @return datagrams that were in them
    int drain() throws IOException {
        int datagrams = 0;
        for (int socket : sockets) {
            while (calls.receive(socket, datagram) >= 0) {
                datagrams++;
            }
        }
        return datagrams;
    }

    @Override
    public void close() {
        sockets.forEach(calls::close);
        arena.close();
    }
}
