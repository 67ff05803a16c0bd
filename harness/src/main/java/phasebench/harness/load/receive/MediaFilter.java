package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A classic socket filter (SO_ATTACH_FILTER, socket(7)) that has the kernel drop RTP and lets STUN, DTLS and RTCP
/// through, told apart by their first two bytes (RFC 7983, section 7; RFC 5761, section 4). What it drops counts as a
/// drop of the socket.
final class MediaFilter {
    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_NOT_LESS = 0x35;
    private static final int RETURN = 0x06;

    /// The filter sees the UDP header first.
    private static final int FIRST_BYTE = 8;

    private static final int INSTRUCTION_BYTES = 8;

    /// Code, jump if true, jump if false, operand; jumps count from the next instruction.
    private static final int[][] PROGRAM = {
        {LOAD_BYTE, 0, 0, FIRST_BYTE},
        {JUMP_IF_NOT_LESS, 0, 4, 128},
        {JUMP_IF_GREATER, 3, 0, 191},
        {LOAD_BYTE, 0, 0, FIRST_BYTE + 1},
        {JUMP_IF_NOT_LESS, 0, 2, 192},
        {JUMP_IF_GREATER, 1, 0, 223},
        {RETURN, 0, 0, -1}, // as it is
        {RETURN, 0, 0, 0} // nothing of it
    };

    private MediaFilter() {}

    static void attach(NativeSockets calls, int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate((long) PROGRAM.length * INSTRUCTION_BYTES, 8);
            for (int i = 0; i < PROGRAM.length; i++) {
                long at = (long) i * INSTRUCTION_BYTES;
                instructions.set(JAVA_SHORT, at, (short) PROGRAM[i][0]);
                instructions.set(JAVA_SHORT, at + 2, (short) (PROGRAM[i][1] | PROGRAM[i][2] << 8)); // little-endian
                instructions.set(JAVA_INT, at + 4, PROGRAM[i][3]);
            }
            MemorySegment program = arena.allocate(16, 8);
            program.set(JAVA_SHORT, 0, (short) PROGRAM.length);
            program.set(ADDRESS, 8, instructions);
            calls.option(socket, NativeSockets.SOL_SOCKET, NativeSockets.SO_ATTACH_FILTER, program);
        }
    }
}
