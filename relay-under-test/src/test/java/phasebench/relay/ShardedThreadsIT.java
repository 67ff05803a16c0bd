package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.TrackFormat;

/// The threads of a sharded relay do not depend on its viewers; ThousandViewersIT says the same of a thousand.
class ShardedThreadsIT {
    private static final int FEW = 2;
    private static final int MORE = 14;

    @Test
    void viewersTakeNoThreads() throws IOException, InterruptedException {
        var viewers = new ArrayList<TestViewer>();
        try (var relay = new RelayProcess(Map.of("profile", "best"));
                var _ = new TestPublisher(relay.rtsp(), "cam", new TrackFormat.H264("42e01f"))) {
            join(viewers, relay, FEW);
            var withFew = ShardedThreads.lasting(relay);
            join(viewers, relay, MORE);
            assertThat(ShardedThreads.lasting(relay))
                    .isEqualTo(withFew)
                    .hasSizeLessThanOrEqualTo(ShardedThreads.max())
                    .contains("shard-0", "rtsp-connection", "HTTP-Dispatcher");
        } finally {
            viewers.forEach(TestViewer::close);
        }
    }

    private static void join(List<TestViewer> viewers, RelayProcess relay, int count) {
        while (viewers.size() < count) {
            var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264));
            viewer.stopListening();
            viewers.add(viewer);
        }
        Waiting.until(() -> relay.metric("relay_sessions") == count, () -> count + " sessions");
    }
}
