package phasebench.relay.rtsp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Ingest;
import phasebench.relay.stream.Publication;
import phasebench.relay.stream.StreamTakenException;

/// Keeps everything that publishers publish, and says when something changes.
final class RecordingIngest implements Ingest {
    private final Map<String, Recording> current = new HashMap<>();
    private final List<Recording> all = new ArrayList<>();

    @Override
    public synchronized Publication publish(String stream, List<TrackFormat> tracks) throws StreamTakenException {
        if (current.containsKey(stream)) {
            throw new StreamTakenException(stream);
        }
        Recording recording = new Recording(stream, tracks);
        current.put(stream, recording);
        all.add(recording);
        notifyAll();
        return recording;
    }

    synchronized List<Recording> all() {
        return List.copyOf(all);
    }

    /// Waits until the condition holds, looked at whenever something is published; false after 10 s.
    synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            long leftMs = (endNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    /// One publication.
    final class Recording implements Publication {
        private final String stream;
        private final List<TrackFormat> tracks;
        private final List<List<AccessUnit>> units = new ArrayList<>();
        private final List<SenderReport> reports = new ArrayList<>();
        private boolean isClosed;

        Recording(String stream, List<TrackFormat> tracks) {
            this.stream = stream;
            this.tracks = tracks;
            tracks.forEach(_ -> units.add(new ArrayList<>()));
        }

        @Override
        public void accessUnit(int track, AccessUnit unit) {
            synchronized (RecordingIngest.this) {
                checkOpen();
                units.get(track).add(unit.kept());
                RecordingIngest.this.notifyAll();
            }
        }

        @Override
        public void senderReport(int track, long ntpTimestamp, long rtpTimestamp) {
            synchronized (RecordingIngest.this) {
                checkOpen();
                reports.add(new SenderReport(track, ntpTimestamp, rtpTimestamp));
                RecordingIngest.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (RecordingIngest.this) {
                checkOpen();
                isClosed = true;
                current.remove(stream);
                RecordingIngest.this.notifyAll();
            }
        }

        String stream() {
            return stream;
        }

        List<TrackFormat> tracks() {
            return tracks;
        }

        List<AccessUnit> units(int track) {
            synchronized (RecordingIngest.this) {
                return List.copyOf(units.get(track));
            }
        }

        List<SenderReport> reports() {
            synchronized (RecordingIngest.this) {
                return List.copyOf(reports);
            }
        }

        boolean isClosed() {
            synchronized (RecordingIngest.this) {
                return isClosed;
            }
        }

        private void checkOpen() {
            if (isClosed) {
                throw new IllegalStateException("used after close: " + stream);
            }
        }
    }

    record SenderReport(int track, long ntpTimestamp, long rtpTimestamp) {}
}
