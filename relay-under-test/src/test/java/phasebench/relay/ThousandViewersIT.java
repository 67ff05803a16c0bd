package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import phasebench.relay.rtp.TrackFormat;

/// Goroutine-equivalents of a sharded relay, which are its threads, platform and virtual, but the JVM's own: a thousand
/// viewers that play take as many as a few (ShardedThreadsIT), once their handshakes are done.
@EnabledIfEnvironmentVariable(
        named = "PHASEBENCH_ACCEPTANCE",
        matches = "true",
        disabledReason = "runs with --acceptance")
class ThousandViewersIT {
    private static final int VIEWERS = Integer.getInteger("phasebench.viewers", 1000);

    @Test
    void theyTakeNoMoreThreadsThanCoresAndTen() throws IOException, InterruptedException {
        var viewers = new ArrayList<TestViewer>();
        var media = new TestMedia();
        try (var relay = new RelayProcess(Map.of("profile", "best"));
                var publisher = new TestPublisher(relay.rtsp(), "cam", new TrackFormat.H264("42e01f"))) {
            while (viewers.size() < VIEWERS) {
                var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264));
                viewer.stopListening();
                viewers.add(viewer);
                if (viewers.size() % 50 == 0) {
                    // nobody may be silent for 30 s
                    viewers.forEach(each -> each.stun(false));
                    publisher.publish(0, media.h264(0, true, 3000L * viewers.size()));
                }
            }
            long forwarded = relay.metric("relay_rtp_packets_out_total");
            publisher.publish(0, media.h264(0, true, 3000L * (VIEWERS + 1)));
            Waiting.until(
                    () -> relay.metric("relay_rtp_packets_out_total") - forwarded >= 20L * VIEWERS,
                    () -> "packets for a thousand viewers");
            assertThat(relay.metric("relay_sessions")).isEqualTo(VIEWERS);
            ShardedThreads.awaitFew(relay);
            System.out.printf("%d viewers, threads: %s%n", VIEWERS, relay.applicationThreads());
        } finally {
            viewers.forEach(TestViewer::close);
        }
    }
}
