package phasebench.relay.plant;

import java.time.Duration;
import java.util.List;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Ingest;
import phasebench.relay.stream.Publication;
import phasebench.relay.stream.StreamTakenException;

/// `latency`: each unit waits before it goes to the viewers, on its publisher's thread and asleep, so that it
/// costs next to no CPU. A publisher whose units come faster than that is slowed down to it.
final class LatencyPlant implements Ingest {
    private final Ingest ingest;
    private final Duration delay;

    LatencyPlant(Ingest ingest, Duration delay) {
        this.ingest = ingest;
        this.delay = delay;
    }

    @Override
    public Publication publish(String stream, List<TrackFormat> tracks) throws StreamTakenException {
        return new Late(ingest.publish(stream, tracks), delay);
    }

    private record Late(Publication publication, Duration delay) implements Publication {
        @Override
        public void accessUnit(int track, AccessUnit unit) {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            publication.accessUnit(track, unit);
        }

        @Override
        public void senderReport(int track, long ntpTimestamp, long rtpTimestamp) {
            publication.senderReport(track, ntpTimestamp, rtpTimestamp);
        }

        @Override
        public void close() {
            publication.close();
        }
    }
}
