package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.relay.plant.Plants;

/// A relay with everything planted at once still carries the same bytes, and every plant is in the way of the packets,
/// whatever the settings are.
class PlantedRelayIT {
    private static final int FRAMES_MAX = 5_000;

    @ParameterizedTest
    @EnumSource(
            value = RelayProfile.class,
            names = {"MTX_2025", "PLAN_PHASE_2", "BEST"})
    void plantsAreInTheWayOfEveryPacket(RelayProfile profile) throws InterruptedException {
        var plants = Plants.parse(
                List.of("cpu=20%", "alloc=100kB", "threads=5", "latency=1ms", "walk=64kB", "hoard=1.75MB"));
        try (var relay = new TestRelay(profile.settings(), plants);
                var cam = new TestStream(relay, "cam", TestStream.Video.H264)) {
            long threadsBefore = relay.gauge("jvm_threads_virtual");
            try (var viewer = cam.join()) {
                // the price of a packet is known after five seconds, and burnt from then on
                for (int i = 0; i < FRAMES_MAX && relay.gauge("relay_planted_cpu_ns") == 0; i++) {
                    cam.publishNext();
                    Thread.sleep(4);
                }
                cam.assertGot(viewer, 0, cam.publishedCount());
                assertThat(relay.gauge("relay_planted_cpu_ns")).isPositive();
            }
            // the session's own threads end with it
            Waiting.until(
                    () -> relay.gauge("jvm_threads_virtual") == threadsBefore + 5,
                    () -> relay.gauge("jvm_threads_virtual") + " virtual threads, " + threadsBefore + " before");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RelayProfile.class,
            names = {"PLAN_CURRENT", "BEST"})
    void aRelayWithoutPlantsHasNoneOfTheirGauges(RelayProfile profile) {
        try (var relay = new TestRelay(profile.settings())) {
            assertThat(relay.relay().metrics().prometheusText()).doesNotContain("planted");
        }
    }
}
