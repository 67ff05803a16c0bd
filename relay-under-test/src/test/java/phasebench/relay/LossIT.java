package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.relay.RelaySettings.Buffers;
import phasebench.relay.RelaySettings.Copies;
import phasebench.relay.RelaySettings.Nack;
import phasebench.relay.RelaySettings.Srtp;
import phasebench.relay.RelaySettings.Threads;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Publication;

/// What the values of `nack` do about loss.
class LossIT {
    private static final TrackFormat H264 = new TrackFormat.H264("42e01f");
    private static final RelaySettings BASE = RelayProfile.PLAN_CURRENT.settings();
    private static final Duration SOON = Duration.ofMillis(500);

    /// About 5 packets each.
    private static final int UNIT_COUNT = 1000;

    private static final int KEY_FRAME_EVERY = 60;
    private static final Duration INTERVAL = Duration.ofMillis(4);

    private final TestMedia media = new TestMedia();
    private final List<AccessUnit> published = new ArrayList<>();

    /// Settings, and the percentage of all media and feedback that is lost.
    static Stream<Arguments> recovering() {
        var perViewer = BASE.withNack(Nack.PER_VIEWER);
        var shared = BASE.withNack(Nack.SHARED);
        return Stream.of(
                Arguments.of(RelayProfile.MTX_2025.settings(), 0),
                Arguments.of(RelayProfile.BEST.settings(), 0),
                Arguments.of(RelayProfile.MTX_2025.settings(), 2),
                Arguments.of(perViewer.withSrtp(Srtp.AES_GCM).withBuffers(Buffers.POOLED), 2),
                Arguments.of(perViewer.withCopies(Copies.SHARED).withThreads(Threads.PLATFORM), 2),
                Arguments.of(shared, 2),
                Arguments.of(shared.withSrtp(Srtp.AES_GCM), 2),
                Arguments.of(shared.withCopies(Copies.SHARED).withBuffers(Buffers.POOLED), 2),
                Arguments.of(RelayProfile.BEST.settings(), 2),
                Arguments.of(RelayProfile.MTX_2025.settings(), 5),
                Arguments.of(RelayProfile.BEST.settings(), 5));
    }

    @ParameterizedTest(name = "{1} % of {0}")
    @MethodSource("recovering")
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsLostIsSentAgainBitForBit(RelaySettings settings, int lossPercent) {
        try (var relay = new TestRelay(settings);
                var publication = relay.publish("cam", H264);
                var path = new LossyPath(lossPercent);
                var viewer = play(relay, path)) {
            var track = viewer.received().track(108);
            try (var _ = new NackSender(viewer, track)) {
                lossyPublication(publication, path, track, lossPercent / 100.0);
                Waiting.until(
                        () -> track.units().size() == published.size(),
                        () -> track.units().size());
            }
            assertThat(path.lostCount()).isGreaterThanOrEqualTo(path.sentCount() * lossPercent / 100 * 7 / 10);
            assertThat(path.recoveredCount(SOON)).isGreaterThanOrEqualTo((int) Math.ceil(path.lostCount() * 0.99));
            assertThat(path.alteredRetransmissionCount()).isZero();
            for (int i = 0; i < published.size(); i++) {
                TestStream.assertSame(track.units().get(i), published.get(i), offset(track));
            }
            assertThat(track.damagedUnits()).isZero();
            assertThat(viewer.received().forgeries()).isZero();
            assertThat(relay.count(RelayCounter.RTP_RETRANSMISSIONS_OUT)).isEqualTo(path.retransmissionCount());
            assertThat(relay.count(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(path.sentCount());
            assertThat(lossPercent == 0).isEqualTo(relay.count(RelayCounter.NACKS_RECEIVED) == 0);
        }
    }

    static Stream<RelaySettings> notRecovering() {
        return Stream.of(BASE, RelayProfile.BEST.settings().withNack(Nack.OFF));
    }

    @ParameterizedTest
    @MethodSource("notRecovering")
    @Execution(ExecutionMode.CONCURRENT)
    void withoutNackWhatIsLostIsLost(RelaySettings settings) {
        try (var relay = new TestRelay(settings);
                var publication = relay.publish("cam", H264);
                var path = new LossyPath(2);
                var viewer = play(relay, path)) {
            var track = viewer.received().track(108);
            assertThat(viewer.answer()).contains("a=rtcp-fb:108 nack pli\r\n").doesNotContain("a=rtcp-fb:108 nack\r\n");
            try (var _ = new NackSender(viewer, track)) {
                lossyPublication(publication, path, track, 0.02);
                Waiting.until(
                        () -> track.units().size() + track.damagedUnits() >= published.size() - path.lostCount()
                                && track.missing().isEmpty(),
                        () -> track.units().size());
            }
            assertThat(path.lostCount()).isGreaterThan(50);
            assertThat(path.recoveredCount(Duration.ofDays(1))).isZero();
            assertThat(track.damagedUnits()).isPositive();
            assertThat(relay.count(RelayCounter.RTP_RETRANSMISSIONS_OUT)).isZero();
            assertThat(relay.count(RelayCounter.NACKS_RECEIVED)).isPositive();
            Waiting.until(
                    () -> relay.count(RelayCounter.NACKS_UNANSWERED) == relay.count(RelayCounter.NACKS_RECEIVED),
                    () -> relay.count(RelayCounter.NACKS_UNANSWERED) + " unanswered");
            assertWholeUnitsAreRight(track);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNackThatIsRepeatedAtOnceIsAnsweredOnce(Srtp srtp) {
        try (var relay = new TestRelay(RelayProfile.BEST.settings().withSrtp(srtp));
                var publication = relay.publish("cam", H264);
                var path = new LossyPath(1);
                var viewer = play(relay, path)) {
            var track = viewer.received().track(108);
            publishNext(publication);
            Waiting.until(() -> track.units().size() == 1, () -> track.units().size());
            int sequence = track.lastSequence() - 3 & 0xffff;
            var nack = new RtcpPacket.GenericNack(1, track.ssrc(), List.of(sequence));
            for (int i = 0; i < 3; i++) {
                viewer.rtcp(nack);
            }
            awaitAnswers(relay, 1, 2);
            relay.advance(1);
            viewer.rtcp(nack);
            awaitAnswers(relay, 2, 2);
            viewer.rtcp(new RtcpPacket.GenericNack(1, track.ssrc(), List.of(track.lastSequence() + 1 & 0xffff)));
            awaitAnswers(relay, 2, 3);
            relay.advance(15);
            viewer.rtcp(nack);
            awaitAnswers(relay, 2, 4);
            viewer.rtcp(new RtcpPacket.GenericNack(1, track.ssrc() ^ 1, List.of(sequence)));
            Waiting.until(() -> relay.count(RelayCounter.NACKS_RECEIVED) == 7, () -> "NACKs");
            Waiting.until(() -> path.retransmissionCount() == 2, path::retransmissionCount);
            assertThat(path.alteredRetransmissionCount()).isZero();
            Waiting.until(
                    () -> viewer.received().replays() == 2,
                    () -> viewer.received().replays());
            assertThat(viewer.received().forgeries()).isZero();
        }
    }

    private static void awaitAnswers(TestRelay relay, int retransmissions, int unanswered) {
        Waiting.until(
                () -> relay.count(RelayCounter.RTP_RETRANSMISSIONS_OUT) == retransmissions
                        && relay.count(RelayCounter.NACKS_UNANSWERED) == unanswered,
                () -> relay.count(RelayCounter.RTP_RETRANSMISSIONS_OUT) + " retransmissions, "
                        + relay.count(RelayCounter.NACKS_UNANSWERED) + " unanswered");
    }

    private static TestViewer play(TestRelay relay, LossyPath path) {
        var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264), path::towards);
        relay.awaitViewers("cam", 1);
        return viewer;
    }

    /// No loss in the first unit, which says where numbers begin, and none in the last ones, which show the last gap.
    private void lossyPublication(Publication publication, LossyPath path, ReceivedTrack track, double lossRatio) {
        publishNext(publication);
        Waiting.until(() -> track.units().size() == 1, () -> track.units().size());
        path.lose(lossRatio);
        while (published.size() < UNIT_COUNT) {
            publishNext(publication);
            Waiting.pause(INTERVAL);
        }
        path.lose(0);
        publishNext(publication);
    }

    private void publishNext(Publication publication) {
        int i = published.size();
        published.add(media.h264(i, i % KEY_FRAME_EVERY == 0, 3000L * i));
        publication.accessUnit(0, published.getLast());
    }

    private long offset(ReceivedTrack track) {
        return track.units().getFirst().rtpTimestamp() - published.getFirst().rtpTimestamp();
    }

    private void assertWholeUnitsAreRight(ReceivedTrack track) {
        Map<Long, AccessUnit> byTimestamp = new HashMap<>();
        published.forEach(unit -> byTimestamp.put(unit.rtpTimestamp() + offset(track) & 0xffff_ffffL, unit));
        for (var unit : track.units()) {
            TestStream.assertSame(unit, Objects.requireNonNull(byTimestamp.get(unit.rtpTimestamp())), offset(track));
        }
    }
}
