package phasebench.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

class LiveStreamTest {
    private static final int VIDEO = 0;
    private static final int AUDIO = 1;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000L);
    private final Streams streams = new Streams(StreamPlan.PER_VIEWER, nowNs::get);
    private final RelayMetrics metrics = new RelayMetrics();
    private LiveStream stream;

    @BeforeEach
    void publish() throws StreamTakenException {
        streams.publish("cam", List.of(new TrackFormat.H264("42e01f"), new TrackFormat.Opus(2)));
        stream = Objects.requireNonNull(streams.find("cam"));
    }

    @Test
    void aStreamHasOnePublisherAtATime() throws StreamTakenException {
        assertThatThrownBy(() -> streams.publish("cam", List.of())).isInstanceOf(StreamTakenException.class);
        stream.close();
        stream.close();
        assertThat(streams.find("cam")).isNull();
        streams.publish("cam", List.of(new TrackFormat.Opus(2)));
        assertThat(streams.all()).hasSize(1);
    }

    @Test
    void aJoinerGetsAllSinceTheLastKeyFrameAndOnlyTheTracksItWants() {
        video(true);
        video(true);
        audio();
        video(false);
        assertThat(join(viewer(VIDEO, AUDIO))).hasSize(3);
        assertThat(join(viewer(VIDEO))).hasSize(2);
        assertThat(join(viewer(AUDIO))).as("audio alone is live").isEmpty();
    }

    @Test
    void aGroupOfPicturesThatIsTooLongIsForgotten() {
        video(true);
        for (int i = 0; i < GopCache.UNIT_COUNT_MAX; i++) {
            video(false);
        }
        assertThat(join(viewer(VIDEO))).isEmpty();
        video(false);
        video(true);
        assertThat(join(viewer(VIDEO))).hasSize(1);
    }

    @Test
    void aGroupOfPicturesThatIsTooLargeIsForgotten() {
        stream.accessUnit(VIDEO, new AccessUnit(0, List.of(new byte[GopCache.BYTES_MAX]), true, 0));
        assertThat(join(viewer(VIDEO))).hasSize(1);
        video(false);
        assertThat(join(viewer(VIDEO))).isEmpty();
    }

    @Test
    void whatASlowViewerMissedIsCountedAndLeavesAGapInItsNumbers() throws InterruptedException {
        var viewer = viewer(VIDEO);
        video(true);
        join(viewer);
        for (int i = 0; i < Viewer.QUEUE_UNITS_MAX + 3; i++) {
            video(false);
        }
        assertThat(metrics.value(RelayCounter.DROP_SLOW_VIEWER)).isEqualTo(3);
        assertThat(Objects.requireNonNull(viewer.take()).place().firstPacket()).isEqualTo(1);
        video(false);
        for (int i = 1; i < Viewer.QUEUE_UNITS_MAX; i++) {
            assertThat(Objects.requireNonNull(viewer.take()).place().firstPacket())
                    .isEqualTo(i + 1);
        }
        assertThat(Objects.requireNonNull(viewer.take()).place().firstPacket()).isEqualTo(Viewer.QUEUE_UNITS_MAX + 4);
    }

    @Test
    void aViewerSeesTheEndBehindTheLastUnit() throws InterruptedException {
        var viewer = viewer(AUDIO);
        join(viewer);
        audio();
        stream.close();
        assertThat(viewer.isDrained()).isFalse();
        assertThat(viewer.take()).isNotNull();
        assertThat(viewer.take()).isNull();
        assertThat(viewer.isDrained()).isTrue();
        var late = viewer(AUDIO);
        assertThat(join(late)).isEmpty();
        assertThat(late.take()).isNull();
        assertThat(late.isDrained()).isTrue();
    }

    @Test
    void dueReportsWakeAViewerAndAreTakenOnce() throws InterruptedException {
        var viewer = viewer(VIDEO);
        viewer.reportDue(AUDIO);
        viewer.reportDue(AUDIO);
        assertThat(viewer.take()).isNull();
        assertThat(viewer.takeDueReports()).isEqualTo(1 << AUDIO);
        assertThat(viewer.takeDueReports()).isZero();
    }

    @Test
    void untilThePublisherReportsTheLeastDelayedUnitTellsTheTime() {
        assertThat(stream.clockNow(VIDEO)).isEmpty();
        stream.accessUnit(VIDEO, unit(9_000));
        nowNs.addAndGet(100_000_000);
        assertThat(rtpNow(VIDEO)).isEqualTo(18_000);
        stream.accessUnit(VIDEO, unit(17_000));
        assertThat(rtpNow(VIDEO)).as("10 ms late").isEqualTo(18_000);
        stream.accessUnit(VIDEO, unit(18_900));
        assertThat(rtpNow(VIDEO)).as("10 ms less late than all before").isEqualTo(18_900);
    }

    @Test
    void thePublishersReportsKeepAudioAndVideoInStep() {
        stream.accessUnit(VIDEO, unit(0xffff_fff0L));
        stream.accessUnit(AUDIO, unit(0));
        long publisherNtp = 3_900_000_000L << 32;
        stream.senderReport(VIDEO, publisherNtp, 0xffff_fff0L);
        assertThat(rtpNow(VIDEO)).isEqualTo(0xffff_fff0L);
        nowNs.addAndGet(1_000_000_000);
        stream.senderReport(AUDIO, publisherNtp + (1L << 31), 4_800);
        assertThat(rtpNow(VIDEO)).as("90000 ticks on, around 2^32").isEqualTo(90_000 - 16);
        assertThat(rtpNow(AUDIO)).as("half a second after the report").isEqualTo(4_800 + 24_000);
    }

    private long rtpNow(int track) {
        return stream.clockNow(track).orElseThrow().rtpTimestamp();
    }

    private List<MediaUnit> join(Viewer viewer) {
        return stream.join(viewer, viewer.gate());
    }

    private Viewer viewer(Integer... tracks) {
        return new Viewer(Set.of(tracks), metrics);
    }

    private void video(boolean isKeyFrame) {
        stream.accessUnit(VIDEO, new AccessUnit(0, List.of(new byte[1]), isKeyFrame, 0));
    }

    private void audio() {
        stream.accessUnit(AUDIO, unit(0));
    }

    private static AccessUnit unit(long rtpTimestamp) {
        return new AccessUnit(rtpTimestamp, List.of(new byte[1]), true, 0);
    }
}
