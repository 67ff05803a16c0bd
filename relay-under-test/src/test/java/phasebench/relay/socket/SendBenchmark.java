package phasebench.relay.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Frames of 8 packets of 1216 bytes from one socket to each of 100 viewers, whose sockets drop them in their filter:
/// phases `batch-send` and `gso-send`. `scripts/phasebench micro --phase batch-send`.
///
/// As a shard does it: all viewers have one sender, which is flushed once per frame. Nothing writes into the packets,
/// so that only the sending is seen.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SendBenchmark {
    private static final int VIEWER_COUNT = 100;
    private static final int PACKETS_PER_FRAME = 8;

    /// 1200 and the tag of AES-GCM.
    private static final int PACKET_BYTES = 1216;

    /// The `send` setting.
    public enum Send {
        SINGLE,
        BATCH,
        GSO
    }

    @Param
    public Send send = Send.SINGLE;

    private final RelayMetrics metrics = new RelayMetrics();
    private @Nullable WebrtcSocket socket;
    private @Nullable BenchmarkSinks sinks;
    private @Nullable PacketSender sender;
    private List<Destination> viewers = List.of();

    @Setup
    public void setUp() throws IOException {
        var opened = WebrtcSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
        var receivers = new BenchmarkSinks(VIEWER_COUNT);
        var buffers = new PooledBuffers();
        var senders = switch (send) {
            case SINGLE -> PacketSenders.single(opened, buffers, metrics);
            case BATCH -> PacketSenders.batch(opened, buffers, metrics);
            case GSO -> PacketSenders.gso(opened, buffers, metrics);
        };
        if (metrics.value(RelayCounter.SEND_FALLBACKS) > 0) {
            throw new IllegalStateException("this machine cannot send so: " + send);
        }
        socket = opened;
        sinks = receivers;
        viewers = receivers.destinations();
        sender = senders.forViewer();
    }

    @TearDown
    public void tearDown() throws IOException {
        if (socket != null && sinks != null) {
            socket.close();
            sinks.close();
        }
        if (metrics.value(RelayCounter.GSO_FALLBACKS) > 0) {
            throw new IllegalStateException("the kernel refused to cut packets");
        }
        if (metrics.value(RelayCounter.DROP_SEND_ERROR) + metrics.value(RelayCounter.DROP_SOCKET_BUSY) > 0) {
            throw new IllegalStateException("not all packets were sent");
        }
    }

    @Benchmark
    @OperationsPerInvocation(VIEWER_COUNT * PACKETS_PER_FRAME)
    public void send() {
        var to = sender;
        if (to == null) {
            return;
        }
        for (int i = 0; i < VIEWER_COUNT; i++) {
            var viewer = viewers.get(i);
            for (int packet = 0; packet < PACKETS_PER_FRAME; packet++) {
                to.packet(to.next(PACKET_BYTES), PACKET_BYTES, viewer);
            }
            to.endOfUnit();
        }
        to.flush();
    }
}
