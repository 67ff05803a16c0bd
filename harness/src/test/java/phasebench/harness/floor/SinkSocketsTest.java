package phasebench.harness.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.harness.floor.PacketLoop.Wire;

/// Packets really go out, and end where the sinks say.
@EnabledOnOs(OS.LINUX)
class SinkSocketsTest {
    private static final List<PacketProtector> UNPROTECTED =
            Collections.nCopies(PacketLoop.DESTINATIONS, PacketProtector.NONE);

    private final MemorySegment slab = Arena.ofAuto().allocate(64L * PacketLoop.SLOT_BYTES, 64);

    @Test
    void aQueueingSinkHoldsEveryPacketUntilItIsDrained() throws IOException {
        DatagramCalls calls = DatagramCalls.linked();
        int socket = calls.open();
        try (SinkSockets sinks = SinkSockets.queueing(calls, PacketLoop.DESTINATIONS)) {
            Wire wire = new Wire(calls, socket, sinks);
            for (PacketLoop loop : List.of(
                    new PacketLoop.Single(wire, UNPROTECTED, slab), PacketLoop.Batch.of(wire, UNPROTECTED, 64))) {
                loop.run();

                assertThat(sinks.drain()).isEqualTo(PacketLoop.PACKETS);
                assertThat(sinks.drain()).isZero();
            }
        } finally {
            calls.close(socket);
        }
    }

    @Test
    void aMessageOfSegmentsArrivesAsPacketsOfTheRightSize() throws IOException {
        DatagramCalls calls = DatagramCalls.linked();
        int socket = calls.open();
        try (SinkSockets sinks = SinkSockets.queueing(calls, PacketLoop.DESTINATIONS)) {
            Wire wire = new Wire(calls, socket, sinks);
            PacketLoop loop = PacketLoop.Gso.of(wire, UNPROTECTED, 8);
            assumeThat(isSupported(loop)).as("UDP_SEGMENT").isTrue();
            assertThat(sinks.drain()).isEqualTo(PacketLoop.PACKETS);
            loop.run();

            MemorySegment datagram = Arena.ofAuto().allocate(4096);
            assertThat(sinks.receive(0, datagram)).isEqualTo(FloorPackets.PACKET_BYTES);
        } finally {
            calls.close(socket);
        }
    }

    private static boolean isSupported(PacketLoop loop) {
        try {
            loop.run();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void aDroppingSinkKeepsNothing() throws IOException {
        DatagramCalls calls = DatagramCalls.linked();
        int socket = calls.open();
        try (SinkSockets sinks = SinkSockets.dropping(calls, PacketLoop.DESTINATIONS)) {
            new PacketLoop.Single(new Wire(calls, socket, sinks), UNPROTECTED, slab).run();

            assertThat(sinks.drain()).isZero();
        } finally {
            calls.close(socket);
        }
    }

    @Test
    void whatTheKernelRefusesIsAnErrorWithItsNumber() throws IOException {
        DatagramCalls calls = DatagramCalls.linked();
        try (SinkSockets sinks = SinkSockets.queueing(calls, PacketLoop.DESTINATIONS)) {
            PacketLoop loop = new PacketLoop.Single(new Wire(calls, -1, sinks), UNPROTECTED, slab);

            assertThatThrownBy(loop::run).isInstanceOf(IOException.class).hasMessage("sendto failed with errno 9");
        }
    }

    @Test
    void theSlabHoldsWhatTheProtectorWrote() throws Exception {
        FloorPackets packets = new FloorPackets();
        PacketProtector gcm = new JceGcm(packets, SessionKeys.ofDestination(1));
        PacketProtector counterMode = new JceCounterMode(packets, SessionKeys.ofDestination(1));

        assertThat(gcm.protect(3, slab, 0)).isEqualTo(1216);
        assertThat(slab.asSlice(0, 12).toArray(ValueLayout.JAVA_BYTE)).startsWith(0x80, 96, 0, 3);
        assertThat(counterMode.protect(3, slab, 0)).isEqualTo(1210);
    }
}
