package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.Publication;

/// How viewers come, are served and go, one relay per test.
class SessionLifeIT {
    private static final TrackFormat H264 = new TrackFormat.H264("42e01f");
    private static final TrackFormat OPUS = new TrackFormat.Opus(2);
    private static final TestOffer BOTH = TestOffer.of(TestOffer.H264, TestOffer.OPUS);

    /// The RTSP server's two.
    private static final int THREADS_AT_REST = 2;

    private final TestMedia media = new TestMedia();
    private final List<AccessUnit> video = new ArrayList<>();
    private TestRelay relay;

    @BeforeEach
    void start() {
        relay = new TestRelay(RelayConfig.DEFAULT.settings());
        awaitNoSessions();
    }

    /// Whatever a test did: when its viewers are gone, nothing of them is left.
    @AfterEach
    void nothingIsLeft() {
        relay.relay().streams().close();
        awaitNoSessions();
        relay.close();
    }

    @Test
    void aLateJoinerStartsAtTheKeyFrameAndIsPacedAtFourTimesRealTime() {
        var publication = relay.publish("cam", H264, OPUS);
        int frameCount = 61;
        for (int i = 0; i < frameCount; i++) {
            publishFrame(publication, i, i == 1);
        }
        long joinedNs = System.nanoTime();
        try (var viewer = TestViewer.play(relay.whep("cam"), BOTH)) {
            var track = viewer.received().track(108);
            Waiting.until(
                    () -> track.units().size() == frameCount - 1,
                    () -> track.units().size());
            long tookNs = System.nanoTime() - joinedNs;
            assertThat(track.units().getFirst().isKeyFrame()).isTrue();
            assertThat(track.units().getFirst().units().getLast())
                    .isEqualTo(video.get(1).units().getLast());
            assertThat(track.units().getLast().units().getLast())
                    .isEqualTo(video.getLast().units().getLast());
            long publishedNs = video.getLast().arrivalNs() - video.get(1).arrivalNs();
            assertThat(tookNs).isGreaterThanOrEqualTo(publishedNs / 4);
            assertThat(tookNs).as("it does catch up").isLessThan(publishedNs);
            publishFrame(publication, frameCount, false);
            Waiting.until(
                    () -> track.units().size() == frameCount,
                    () -> track.units().size());
            assertThat(track.gaps()).isZero();
            assertThat(viewer.received().track(111).units()).hasSize(frameCount);
        }
    }

    @Test
    void aViewerWaitsForTheFirstKeyFrame() {
        var publication = relay.publish("cam", H264, OPUS);
        publishFrame(publication, 0, false);
        try (var viewer = TestViewer.play(relay.whep("cam"), BOTH)) {
            relay.awaitViewers("cam", 1);
            publishFrame(publication, 1, false);
            publishFrame(publication, 2, true);
            var track = viewer.received().track(108);
            Waiting.until(() -> !track.units().isEmpty(), () -> "nothing");
            assertThat(track.units().getFirst().isKeyFrame()).isTrue();
            assertThat(viewer.received().track(111).units()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aSenderReportComesAtOnceAndThenEachInterval() {
        var publication = relay.publish("cam", H264, OPUS);
        try (var viewer = TestViewer.play(relay.whep("cam"), BOTH)) {
            relay.awaitViewers("cam", 1);
            publishFrame(publication, 0, true);
            var track = viewer.received().track(108);
            Waiting.until(() -> track.reports().size() == 1, () -> track.reports());
            long beganNs = track.reports().getFirst().atNs();
            Waiting.until(() -> track.reports().size() == 3, () -> track.reports());
            long tookNs = track.reports().get(2).atNs() - beganNs;
            assertThat(tookNs).isBetween(1_700_000_000L, 2_900_000_000L);
            assertClockRuns(
                    track.reports().getFirst().report(), track.reports().get(2).report());
            assertThat(track.reports().getFirst().report().packetCount()).isEqualTo(track.packetCount());
            assertThat(relay.count(RelayCounter.RTCP_SR_OUT)).isGreaterThanOrEqualTo(6);
        }
    }

    /// RTP time and wall clock advance alike, and a receiver can tell from both when a frame was taken.
    private static void assertClockRuns(RtcpPacket.SenderReport before, RtcpPacket.SenderReport after) {
        double seconds = (after.ntpTimestamp() - before.ntpTimestamp()) / (double) (1L << 32);
        long ticks = after.rtpTimestamp() - before.rtpTimestamp() & 0xffff_ffffL;
        assertThat(ticks / 90_000.0).isBetween(seconds - 0.01, seconds + 0.01);
    }

    @Test
    void reportsOfViewersAreCounted() {
        var publication = relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            publishFrame(publication, 0, true);
            var datagram = viewer.rtcp(
                    new RtcpPacket.ReceiverReport(7, List.of()),
                    new RtcpPacket.PictureLossIndication(7, 8),
                    new RtcpPacket.GenericNack(7, 8, List.of(1, 2, 40)));
            Waiting.until(
                    () -> relay.count(RelayCounter.RTCP_RR_IN) == 1,
                    () -> relay.relay().metrics().prometheusText());
            Waiting.until(() -> relay.count(RelayCounter.RTCP_PLI_IN) == 1, () -> "the PLI");
            Waiting.until(() -> relay.count(RelayCounter.NACKS_RECEIVED) == 3, () -> "NACKs");
            viewer.raw(datagram);
            viewer.raw(new byte[] {(byte) 0x81, (byte) 201, 0, 1, 0, 0, 0, 1, 9, 9, 9, 9});
            Waiting.until(() -> relay.count(RelayCounter.DROP_BAD_SRTCP) == 2, () -> "a replay and a forgery");
        }
    }

    @Test
    void twoStreamsDoNotMix() {
        var one = relay.publish("one", H264);
        var two = relay.publish("two", H264);
        try (var first = TestViewer.play(relay.whep("one"), TestOffer.of(TestOffer.H264));
                var second = TestViewer.play(relay.whep("two"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("one", 1);
            relay.awaitViewers("two", 1);
            publishFrame(one, 0, true);
            publishFrame(two, 1, true);
            Waiting.until(() -> first.received().track(108).units().size() == 1, () -> "first");
            Waiting.until(() -> second.received().track(108).units().size() == 1, () -> "second");
            assertThat(first.received().track(108).units().getFirst().units().getLast())
                    .isEqualTo(video.get(0).units().getLast());
            assertThat(second.received().track(108).units().getFirst().units().getLast())
                    .isEqualTo(video.get(1).units().getLast());
            one.close();
            first.awaitCloseNotify();
            Waiting.until(() -> relay.gauge("relay_sessions") == 1, () -> relay.gauge("relay_sessions"));
        }
    }

    @Test
    void aPublisherMayComeBack() {
        var before = relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            publishFrame(before, 0, true);
            before.close();
            viewer.awaitCloseNotify();
            assertThat(viewer.received().track(108).units())
                    .as("what was queued is still sent")
                    .hasSize(1);
        }
        awaitNoSessions();
        var after = relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            publishFrame(after, 1, true);
            Waiting.until(() -> viewer.received().track(108).units().size() == 1, () -> "nothing");
        }
    }

    @Test
    void aViewerLeavesByCloseNotify() {
        relay.publish("cam", H264);
        var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264));
        relay.awaitViewers("cam", 1);
        viewer.close();
        awaitNoSessions();
        assertThat(relay.count(RelayCounter.SESSIONS_EXPIRED)).isZero();
    }

    @Test
    void aViewerLeavesByDelete() {
        relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            assertThat(viewer.delete()).isEqualTo(200);
            viewer.awaitCloseNotify();
            awaitNoSessions();
            assertThat(viewer.delete()).isEqualTo(404);
            long answered = viewer.stunAnswers();
            viewer.stun(false);
            Waiting.pause(Duration.ofMillis(200));
            assertThat(viewer.stunAnswers()).as("silence tells the browser").isEqualTo(answered);
        }
    }

    @Test
    void aViewerThatFallsSilentExpiresAndOneThatDoesNotStays() {
        relay.publish("cam", H264);
        try (var silent = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264));
                var alive = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 2);
            relay.advance(20);
            long answered = alive.stunAnswers();
            alive.stun(false);
            Waiting.until(() -> alive.stunAnswers() > answered, () -> "no answer");
            relay.advance(15);
            silent.awaitCloseNotify();
            Waiting.until(() -> relay.gauge("relay_sessions") == 1, () -> relay.gauge("relay_sessions"));
            assertThat(relay.count(RelayCounter.SESSIONS_EXPIRED)).isEqualTo(1);
        }
    }

    @Test
    void aViewerThatNeverShakesHandsExpires() {
        relay.publish("cam", H264);
        try (var viewer = TestViewer.join(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            assertThat(relay.gauge("relay_sessions")).isEqualTo(1);
            viewer.stun(true);
            Waiting.until(() -> viewer.stunAnswers() == 1, () -> "no answer");
            relay.advance(11);
            awaitNoSessions();
            assertThat(relay.count(RelayCounter.SESSIONS_EXPIRED)).isEqualTo(1);
        }
    }

    @Test
    void mediaFollowsTheViewerToANominatedAddress() {
        var publication = relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            publishFrame(publication, 0, true);
            var track = viewer.received().track(108);
            Waiting.until(() -> track.units().size() == 1, () -> track.units().size());
            viewer.move();
            long answered = viewer.stunAnswers();
            viewer.stun(true);
            Waiting.until(() -> viewer.stunAnswers() > answered, () -> "no answer");
            publishFrame(publication, 1, false);
            Waiting.until(() -> track.units().size() == 2, () -> track.units().size());
            assertThat(track.gaps()).isZero();
        }
    }

    @Test
    void aStoppingRelaySaysGoodbye() {
        relay.publish("cam", H264);
        try (var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 1);
            relay.close();
            viewer.awaitCloseNotify();
        }
        Waiting.until(() -> relay.gauge("jvm_threads_virtual") == 0, () -> relay.gauge("jvm_threads_virtual"));
        assertThat(relay.gauge("relay_sockets")).isZero();
        start();
    }

    private void publishFrame(Publication publication, int index, boolean isKeyFrame) {
        video.add(media.h264(index, isKeyFrame, 3000L * index));
        publication.accessUnit(0, video.getLast());
        if (((LiveStream) publication).tracks().size() > 1) {
            publication.accessUnit(1, media.opus(960L * index));
        }
        Waiting.pause(Duration.ofMillis(20));
    }

    private void awaitNoSessions() {
        Waiting.until(() -> relay.gauge("relay_sessions") == 0, () -> relay.gauge("relay_sessions") + " sessions");
        Waiting.until(() -> relay.gauge("relay_session_addresses") == 0, () -> "addresses are still known");
        Waiting.until(
                () -> relay.gauge("jvm_threads_virtual") == THREADS_AT_REST,
                () -> relay.gauge("jvm_threads_virtual") + " virtual threads");
    }
}
