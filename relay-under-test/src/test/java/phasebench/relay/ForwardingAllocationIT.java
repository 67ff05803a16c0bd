package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// What the relay allocates for each packet that it forwards.
///
/// Method: a relay in a JVM of its own, with 100 viewers at one stream of the plan's shape, 30 pictures of
/// 8 packets and 50 sounds per second; each viewer sends a receiver report each second and a STUN request
/// each two and a half. When all that is hot has been compiled, the JVM's own counter of allocated bytes,
/// of all its threads, is read around so many packets, and so is the count of packets forwarded. The two
/// readings by /metrics are part of it.
///
/// Then JFR looks at the same relay: its event jdk.ThreadAllocationStatistics says each second what each
/// live thread has allocated. Its bytes per second and the counter's are of windows that overlap by all but
/// a second, under a load that repeats itself each second, and JFR's own threads stand in both. They have to
/// agree within 25 %: JFR does not see what a thread does between its last reading and its end, and the
/// reading of the counter, by a thread that then ends, is such work (12 and 17 % apart here).
class ForwardingAllocationIT {
    private static final int VIEWERS = 100;
    private static final int PICTURE_BYTES = 9_000;
    private static final int KEY_FRAME_EVERY = 60;
    private static final int PICTURES_PER_SECOND = 30;
    private static final int WARM_UP_SECONDS = 12;
    private static final int SECONDS = 10;
    private static final double ALLOCATED_BYTES_MAX = 16;
    private static final int JFR_SECONDS = 5;
    private static final double JFR_TOLERANCE_PERCENT = 25;

    @Test
    void aForwardedPacketAllocatesLessThan16Bytes() throws IOException, InterruptedException {
        var viewers = new ArrayList<TestViewer>();
        try (var relay = new RelayProcess(Map.of("profile", "best", "srtpProvider", "openssl"));
                var publisher = new TestPublisher(
                        relay.rtsp(), "cam", new TrackFormat.H264("42e01f"), new TrackFormat.Opus(2))) {
            while (viewers.size() < VIEWERS) {
                var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264, TestOffer.OPUS));
                viewer.stopListening();
                viewers.add(viewer);
            }
            play(publisher, viewers, 0, WARM_UP_SECONDS);
            long packets = forwarded(relay);
            long bytes = allocated(relay);
            play(publisher, viewers, WARM_UP_SECONDS, SECONDS);
            packets = forwarded(relay) - packets;
            double bytesPerPacket = (allocated(relay) - bytes) / (double) packets;
            System.out.printf("%d packets forwarded, %.1f bytes allocated for each%n", packets, bytesPerPacket);
            assertThat(packets).isGreaterThan((long) VIEWERS * SECONDS * PICTURES_PER_SECOND * 8);
            assertThat(bytesPerPacket).isLessThan(ALLOCATED_BYTES_MAX);
            int second = WARM_UP_SECONDS + SECONDS;
            try (var jfr = new AllocationRecording(relay)) {
                // the first second of a recording is its own start
                play(publisher, viewers, second, 1);
                long before = allocated(relay);
                long beginNs = System.nanoTime();
                play(publisher, viewers, second + 1, JFR_SECONDS);
                double byCounter = (allocated(relay) - before) * 1e9 / (System.nanoTime() - beginNs);
                double byJfr = jfr.bytesPerSecond();
                System.out.printf("%.0f bytes per second by the JVM's counter, %.0f by JFR%n", byCounter, byJfr);
                assertThat(byJfr).isCloseTo(byCounter, withinPercentage(JFR_TOLERANCE_PERCENT));
            }
        } finally {
            viewers.forEach(TestViewer::close);
        }
    }

    private static long forwarded(RelayProcess relay) {
        return relay.metric("relay_rtp_packets_out_total");
    }

    private static long allocated(RelayProcess relay) {
        return relay.metric("jvm_allocated_bytes_total");
    }

    /// At the speed of the media: what comes by the clock is then in proportion.
    private static void play(TestPublisher publisher, List<TestViewer> viewers, int beginSecond, int seconds)
            throws InterruptedException {
        var random = new Random(5);
        var media = new TestMedia();
        long beginNs = System.nanoTime();
        for (int i = 0; i < seconds * PICTURES_PER_SECOND; i++) {
            long at = (long) beginSecond * PICTURES_PER_SECOND + i;
            publisher.publish(0, i % KEY_FRAME_EVERY == 0 ? media.h264(0, true, 3000 * at) : slice(random, 3000 * at));
            publisher.publish(1, media.opus(960 * at));
            for (int v = i % PICTURES_PER_SECOND; v < viewers.size(); v += PICTURES_PER_SECOND) {
                viewers.get(v).reportReception(at);
                if (i / PICTURES_PER_SECOND * 2 % 5 < 2) {
                    viewers.get(v).stun(false);
                }
            }
            long dueNs = beginNs + (i + 1) * 1_000_000_000L / PICTURES_PER_SECOND;
            Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - System.nanoTime())));
        }
    }

    private static AccessUnit slice(Random random, long timestamp) {
        var unit = new byte[PICTURE_BYTES];
        random.nextBytes(unit);
        unit[0] = 0x41;
        unit[1] |= (byte) 0x80;
        return new AccessUnit(timestamp & 0xffff_ffffL, List.of(unit), false, System.nanoTime());
    }
}
