package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.TrackFormat;

/// What a viewer that plays takes of the relay's heap.
///
/// Method: a relay in a JVM of its own; a stream that has filled all that is kept per stream; so many
/// viewers, and then more of them; each time the live bytes by class, after full collections. A viewer's
/// share is the difference over the viewers that came. These are counts, the same on a busy machine.
class LiveHeapIT {
    /// More packets than any history or ring keeps; a multiple of a group of pictures, so that each reading
    /// finds the same group kept.
    private static final int PICTURES_TO_FILL_ALL = 480;

    private static final int PICTURES_TO_PLAY = 24;
    private static final int KEY_FRAME_EVERY = 12;
    private static final int CLASSES_TOLD = 12;

    /// A relay with viewers at its one stream.
    private static final class Site implements AutoCloseable {
        private final RelayProcess relay;
        private final TestPublisher publisher;
        private final TestMedia media = new TestMedia();
        private final List<TestViewer> viewers = new ArrayList<>();
        private int pictures;

        Site(Map<String, String> settings) throws IOException {
            relay = new RelayProcess(settings);
            publisher = new TestPublisher(relay.rtsp(), "cam", new TrackFormat.H264("42e01f"), new TrackFormat.Opus(2));
        }

        void publish(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                publisher.publish(0, media.h264(pictures, pictures % KEY_FRAME_EVERY == 0, 3000L * pictures));
                publisher.publish(1, media.opus(960L * pictures));
                pictures++;
                Thread.sleep(4);
            }
        }

        Map<String, RelayProcess.Population> heapWith(int viewerCount, int picturesPlayed) throws Exception {
            while (viewers.size() < viewerCount) {
                viewers.add(TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264, TestOffer.OPUS)));
            }
            publish(picturesPlayed);
            for (var viewer : viewers) {
                var track = viewer.received().track(108);
                Waiting.until(() -> !track.units().isEmpty(), () -> "a viewer does not play");
            }
            return relay.histogram();
        }

        @Override
        public void close() {
            viewers.forEach(TestViewer::close);
            publisher.close();
            relay.close();
        }
    }

    @Test
    void aViewerOfTheBestProfileTakesAtMost20Kilobytes() throws Exception {
        try (var site = new Site(Map.of("profile", "best"))) {
            site.publish(PICTURES_TO_FILL_ALL);
            var few = site.heapWith(20, PICTURES_TO_PLAY);
            var many = site.heapWith(100, PICTURES_TO_PLAY);
            System.out.println(largest(few, many, 80));
            assertThat(perViewer(few, many, 80)).as(largest(few, many, 80)).isBetween(2_000.0, 20_000.0);
        }
    }

    @Test
    void aRingOfPacketCopiesTakesWhatIsDerivedFromItsParts() throws Exception {
        try (var without = new Site(Map.of("profile", "mtx-2025", "mdns", "off", "nack", "off"));
                var with = new Site(Map.of("profile", "mtx-2025", "mdns", "off"))) {
            double measured = ringPerViewer(with) - ringPerViewer(without);
            double derived = (double) with.relay.metric("relay_nack_ring_bytes");
            System.out.printf("a ring of packet copies: %.0f bytes measured, %.0f derived%n", measured, derived);
            assertThat(measured).isCloseTo(derived, within(0.15 * derived));
            assertThat(without.relay.metric("relay_nack_ring_bytes")).isZero();
        }
    }

    private static double ringPerViewer(Site site) throws Exception {
        site.publish(KEY_FRAME_EVERY);
        var few = site.heapWith(5, PICTURES_TO_FILL_ALL);
        var many = site.heapWith(20, PICTURES_TO_FILL_ALL);
        return perViewer(few, many, 15);
    }

    private static double perViewer(
            Map<String, RelayProcess.Population> few, Map<String, RelayProcess.Population> many, int added) {
        return (bytes(many) - bytes(few)) / (double) added;
    }

    private static long bytes(Map<String, RelayProcess.Population> heap) {
        return heap.values().stream().mapToLong(RelayProcess.Population::bytes).sum();
    }

    /// The classes that grew most, for the message.
    private static String largest(
            Map<String, RelayProcess.Population> few, Map<String, RelayProcess.Population> many, int added) {
        var growth = new LinkedHashMap<String, Long>();
        many.forEach((name, population) -> growth.put(
                name,
                population.bytes()
                        - few.getOrDefault(name, new RelayProcess.Population(0, 0))
                                .bytes()));
        var lines = new ArrayList<String>();
        lines.add("a viewer takes %.0f bytes; all live bytes: %d; of a viewer's, by class:"
                .formatted(perViewer(few, many, added), bytes(many)));
        growth.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(CLASSES_TOLD)
                .forEach(entry -> lines.add("%8d %s".formatted(entry.getValue() / added, entry.getKey())));
        return String.join("\n", lines);
    }
}
