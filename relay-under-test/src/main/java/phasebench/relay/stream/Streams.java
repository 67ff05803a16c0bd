package phasebench.relay.stream;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.TrackFormat;

/// The streams that are being published, by path; any thread.
public final class Streams implements Ingest, AutoCloseable {
    private final ConcurrentMap<String, LiveStream> byPath = new ConcurrentHashMap<>();
    private final StreamPlan plan;
    private final LongSupplier nanoTime;

    /// @param nanoTime as System.nanoTime
    public Streams(StreamPlan plan, LongSupplier nanoTime) {
        this.plan = plan;
        this.nanoTime = nanoTime;
    }

    @Override
    public Publication publish(String stream, List<TrackFormat> tracks) throws StreamTakenException {
        var live = new LiveStream(stream, tracks, plan, nanoTime, () -> byPath.remove(stream));
        if (byPath.putIfAbsent(stream, live) != null) {
            throw new StreamTakenException(stream);
        }
        return live;
    }

    public @Nullable LiveStream find(String path) {
        return byPath.get(path);
    }

    /// In order of their paths.
    public List<LiveStream> all() {
        return byPath.values().stream()
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .toList();
    }

    /// Ends all publications.
    @Override
    public void close() {
        byPath.values().forEach(LiveStream::close);
    }
}
