package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import phasebench.relay.buffer.PooledBuffers;

/// A server on a free port of the loopback with what it publishes, counts and lets escape.
final class RunningServer implements AutoCloseable {
    final RecordingIngest ingest = new RecordingIngest();
    final CountingCounters counters = new CountingCounters();
    private final List<Throwable> escaped = new CopyOnWriteArrayList<>();
    private final RtspServer server;

    RunningServer(RtspLimits limits) throws IOException {
        server = new RtspServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new RtspServices(
                        ingest,
                        counters,
                        limits,
                        PooledBuffers.checked(),
                        Thread.ofVirtual()
                                .uncaughtExceptionHandler((_, e) -> escaped.add(e))
                                .factory()));
    }

    InetSocketAddress address() {
        return server.address();
    }

    /// The only or last publication, once there are `count`.
    RecordingIngest.Recording recording(int count) throws InterruptedException {
        assertThat(ingest.await(() -> ingest.all().size() == count)).isTrue();
        return ingest.all().getLast();
    }

    /// Closes the server and checks that nothing stays behind.
    @Override
    public void close() {
        server.close();
        assertThat(escaped).isEmpty();
        assertThat(ingest.all()).allMatch(RecordingIngest.Recording::isClosed);
        assertThat(counters.count("sockets")).isZero();
    }
}
