package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.srtp.SrtpProfile;

/// What every combination of settings must do alike: viewers get what was published, byte for byte, in order, whoever
/// comes and goes; and nothing that protects them is ever off.
class ForwardingIT {
    private static final Duration INTERVAL = Duration.ofMillis(8);

    static Collection<RelaySettings> combinations() {
        return SettingCombinations.suite();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    @Execution(ExecutionMode.CONCURRENT)
    void viewersGetTheSameBytesInOrder(RelaySettings settings) {
        try (var relay = new TestRelay(settings)) {
            try (var cam = new TestStream(relay, "cam", TestStream.Video.H264);
                    var site = new TestStream(relay, "site/cam", TestStream.Video.VP8)) {
                viewersComeAndGo(relay, settings, cam, site);
            }
            thePublisherIsBack(relay);
            assertThat(relay.count(RelayCounter.DROP_INTERNAL_ERROR)).isZero();
        }
    }

    /// Two watch both streams from the start; one of each leaves in the middle, and another comes.
    private static void viewersComeAndGo(TestRelay relay, RelaySettings settings, TestStream cam, TestStream site) {
        try (var camFirst = cam.join();
                var siteFirst = site.join();
                var camLeaver = cam.join();
                var siteLeaver = site.join()) {
            publish(20, cam, site);
            int half = cam.publishedCount();
            for (var viewer : List.of(camFirst, camLeaver)) {
                cam.assertGot(viewer, 0, half);
            }
            for (var viewer : List.of(siteFirst, siteLeaver)) {
                site.assertGot(viewer, 0, half);
            }
            assertThat(camLeaver.delete()).isEqualTo(200);
            camLeaver.awaitCloseNotify();
            siteLeaver.leave();
            relay.awaitViewers("cam", 1);
            relay.awaitViewers("site/cam", 1);
            int keyFrame = cam.keyFrameIndex();
            long publishedNs = (half - 1L - keyFrame) * INTERVAL.toNanos();
            long joinedNs = System.nanoTime();
            try (var camLate = cam.join();
                    var siteLate = site.join()) {
                publish(20, cam, site);
                int end = cam.publishedCount();
                cam.assertGot(camLate, keyFrame, end);
                site.assertGot(siteLate, keyFrame, end);
                cam.assertGot(camFirst, 0, end);
                site.assertGot(siteFirst, 0, end);
                cam.assertGot(camLeaver, 0, half);
                assertThat(System.nanoTime() - joinedNs).isGreaterThan(publishedNs / 4);
                cam.assertReported(camLate);
                site.assertReported(siteFirst);
                aReplayAndAForgeryAreDropped(relay, camFirst);
                assertProfile(relay, settings, camFirst);
                assertCounters(relay, settings, camFirst, siteFirst, camLeaver, siteLeaver, camLate, siteLate);
                cam.end();
                camFirst.awaitCloseNotify();
                camLate.awaitCloseNotify();
            }
        }
    }

    private static void thePublisherIsBack(TestRelay relay) {
        Waiting.until(() -> relay.gauge("relay_sessions") == 0, () -> relay.gauge("relay_sessions") + " sessions");
        assertThat(TestViewer.post(relay.whep("cam"), "application/sdp", "v=0").statusCode())
                .isEqualTo(404);
        try (var cam = new TestStream(relay, "cam", TestStream.Video.VP8);
                var silent = cam.join();
                var alive = cam.join()) {
            publish(3, cam);
            cam.assertGot(silent, 0, 3);
            cam.assertGot(alive, 0, 3);
            relay.advance(20);
            long answered = alive.stunAnswers();
            alive.stun(false);
            Waiting.until(() -> alive.stunAnswers() > answered, () -> "no answer");
            relay.advance(15);
            silent.awaitCloseNotify();
            relay.awaitViewers("cam", 1);
            assertThat(relay.count(RelayCounter.SESSIONS_EXPIRED)).isEqualTo(1);
            publish(3, cam);
            cam.assertGot(alive, 0, 6);
        }
        Waiting.until(() -> relay.gauge("relay_sessions") == 0, () -> relay.gauge("relay_sessions") + " sessions");
    }

    private static void publish(int count, TestStream... streams) {
        for (int i = 0; i < count; i++) {
            for (var stream : streams) {
                stream.publishNext();
            }
            Waiting.pause(INTERVAL);
        }
    }

    private static void aReplayAndAForgeryAreDropped(TestRelay relay, TestViewer viewer) {
        var report = new RtcpPacket.ReceiverReport(7, List.of());
        var datagram = viewer.rtcp(report);
        Waiting.until(() -> relay.count(RelayCounter.RTCP_RR_IN) == 1, () -> "no report");
        viewer.raw(datagram);
        Waiting.until(() -> relay.count(RelayCounter.DROP_BAD_SRTCP) == 1, () -> "a replay");
        var forged = datagram.clone();
        forged[forged.length - 1] ^= 1;
        viewer.raw(forged);
        Waiting.until(() -> relay.count(RelayCounter.DROP_BAD_SRTCP) == 2, () -> "a forgery");
        viewer.rtcp(report);
        Waiting.until(() -> relay.count(RelayCounter.RTCP_RR_IN) == 2, () -> "no second report");
    }

    private static void assertProfile(TestRelay relay, RelaySettings settings, TestViewer viewer) {
        assertThat(viewer.keys().profile())
                .isEqualTo(settings.crypto().srtp().preference().getFirst());
        assertThat(relay.count(RelayCounter.SRTP_FALLBACKS)).isZero();
        boolean isNackAnswered = settings.feedback().nack() != RelaySettings.Nack.OFF;
        assertThat(viewer.answer().contains("a=rtcp-fb:108 nack\r\n")).isEqualTo(isNackAnswered);
        assertThat(viewer.answer()).contains("a=rtcp-fb:108 nack pli\r\n");
    }

    private static void assertCounters(TestRelay relay, RelaySettings settings, TestViewer... viewers) {
        long packets = Stream.of(viewers)
                .mapToLong(viewer -> viewer.received().packetCount())
                .sum();
        assertThat(relay.count(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(packets);
        assertThat(relay.count(RelayCounter.RTP_RETRANSMISSIONS_OUT)).isZero();
        assertThat(relay.count(RelayCounter.SEND_FALLBACKS)).isZero();
        assertThat(relay.count(RelayCounter.DROP_SLOW_VIEWER)).isZero();
        assertThat(relay.count(RelayCounter.GSO_FALLBACKS)).isZero();
        boolean isGso = settings.forwarding().send() == RelaySettings.Send.GSO;
        assertThat(relay.count(RelayCounter.GSO_MESSAGES) > 0).isEqualTo(isGso);
        if (settings.forwarding().send() != RelaySettings.Send.SINGLE) {
            assertThat(relay.count(RelayCounter.SEND_CALLS)).isLessThan(relay.count(RelayCounter.SEND_DATAGRAMS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViewerWithOneProfileGetsIt(RelaySettings.Srtp srtp) {
        var settings = RelayConfig.DEFAULT.settings().withSrtp(srtp);
        var other = srtp.preference().getLast();
        try (var relay = new TestRelay(settings);
                var _ = relay.publish("cam", new TrackFormat.Opus(2));
                var server = TestViewer.play(
                        relay.whep("cam"), TestOffer.of(TestOffer.OPUS).withProfiles(other));
                var client = TestViewer.play(
                        relay.whep("cam"), TestOffer.of(TestOffer.OPUS).withSetup("passive"))) {
            assertThat(server.keys().profile()).isEqualTo(other);
            assertThat(client.keys().profile()).isIn((Object[]) SrtpProfile.values());
            relay.awaitViewers("cam", 2);
            assertThat(relay.count(RelayCounter.SRTP_FALLBACKS)).isPositive();
        }
    }
}
