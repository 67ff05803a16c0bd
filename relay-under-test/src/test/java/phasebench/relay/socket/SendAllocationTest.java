package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayMetrics;

/// Method: one thread sends units of eight packets to many destinations and flushes after the last, as a
/// shard does; after a first pass that compiles the code, the JVM's own counter of bytes that the thread
/// allocated is read around 100,000 packets. The destinations have no receiver's thread: what does not fit
/// their buffers is dropped by the kernel.
class SendAllocationTest {
    private static final int VIEWERS = 20;
    private static final int FRAME_PACKETS = 8;
    private static final int PACKETS = 100_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendingAllocatesNothing(boolean isGso) throws IOException {
        var metrics = new RelayMetrics();
        var buffers = BufferPool.allocating();
        try (var socket = WebrtcSocket.bind(new InetSocketAddress(Peer.LOOPBACK, 0), metrics);
                var peer = new Peer();
                var other = new Peer()) {
            var senders =
                    isGso ? PacketSenders.gso(socket, buffers, metrics) : PacketSenders.batch(socket, buffers, metrics);
            var sender = senders.forViewer();
            var viewers = new Destination[VIEWERS];
            for (int i = 0; i < VIEWERS; i++) {
                viewers[i] = (i % 2 == 0 ? peer : other).destination();
            }
            send(sender, viewers);
            var threads = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
            long before = threads.getCurrentThreadAllocatedBytes();
            send(sender, viewers);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat((double) allocated / PACKETS).as("bytes per packet").isLessThan(1);
        }
    }

    private static void send(PacketSender sender, Destination[] viewers) {
        for (int sent = 0; sent < PACKETS; sent += VIEWERS * FRAME_PACKETS) {
            for (var viewer : viewers) {
                for (int i = 0; i < FRAME_PACKETS; i++) {
                    sender.packet(sender.next(1200), i == FRAME_PACKETS - 1 ? 300 : 1200, viewer);
                }
                sender.endOfUnit();
            }
            sender.flush();
        }
    }
}
