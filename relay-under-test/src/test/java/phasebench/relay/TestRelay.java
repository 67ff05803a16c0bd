package phasebench.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.plant.Plants;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Publication;
import phasebench.relay.stream.StreamTakenException;

/// A relay inside the test's JVM, on free ports of 127.0.0.1, with a clock that can be moved forward.
final class TestRelay implements AutoCloseable {
    private final AtomicLong clockOffsetNs = new AtomicLong();
    private final RelaySettings settings;
    private final Relay relay;

    TestRelay(RelaySettings settings) {
        this(settings, Plants.NONE);
    }

    TestRelay(RelaySettings settings, Plants plants) {
        this.settings = settings;
        var any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var config = RelayConfig.DEFAULT
                .withAddresses(new RelayConfig.Addresses(any, any, any))
                .withSettings(settings)
                .withBufferChecks(RelayConfig.BufferChecks.ON);
        try {
            relay = Relay.start(config, plants, () -> System.nanoTime() + clockOffsetNs.get());
        } catch (ListenException e) {
            throw new IllegalStateException(e);
        }
    }

    Relay relay() {
        return relay;
    }

    void advance(long seconds) {
        clockOffsetNs.addAndGet(seconds * 1_000_000_000L);
    }

    Publication publish(String stream, TrackFormat... tracks) {
        try {
            return relay.streams().publish(stream, List.of(tracks));
        } catch (StreamTakenException e) {
            throw new IllegalStateException(e);
        }
    }

    URI url(String path) {
        var http = relay.addresses().http();
        return URI.create("http://127.0.0.1:" + http.getPort() + path);
    }

    URI whep(String stream) {
        return url("/" + stream + "/whep");
    }

    long count(RelayCounter counter) {
        return relay.metrics().value(counter);
    }

    /// Buffers that were taken and never released.
    long leaks() {
        return settings.forwarding().buffers() == RelaySettings.Buffers.POOLED ? gauge("relay_buffers_in_use") : 0;
    }

    /// A value by its line in the Prometheus text.
    long gauge(String name) {
        for (var line : relay.metrics().prometheusText().split("\n", -1)) {
            if (line.startsWith(name + " ")) {
                return Long.parseLong(line.substring(name.length() + 1));
            }
        }
        throw new IllegalArgumentException("no gauge " + name);
    }

    /// Waits until so many viewers are at the stream.
    void awaitViewers(String stream, int viewerCount) {
        Waiting.until(() -> viewers(stream) == viewerCount, () -> viewers(stream) + " viewers");
    }

    private int viewers(String stream) {
        var live = relay.streams().find(stream);
        return live == null ? -1 : live.viewerCount();
    }

    @Override
    public void close() {
        relay.close();
        Waiting.until(() -> leaks() == 0, () -> leaks() + " buffers were never released");
    }
}
