package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.viewer.ReflectorSession;
import phasebench.harness.load.viewer.ReflectorSession.Fault;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.RecoveryEvidence;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// Streams of 30 frames of 8 packets and 50 packets of sound a second, through a reflector: both tracks are counted.
@Timeout(60)
class AudioLoadTest {
    private static final int PACKETS_PER_FRAME = 8;
    private static final Duration DRAIN = Duration.ofMillis(200);

    /// What happens to the relay in the window.
    private interface Meanwhile {
        void act(ReflectorRelay relay) throws Exception;
    }

    private static Scenario scenario(Transport transport, Drive drive, ViewerLoad viewers, int windowMillis) {
        MediaSource video = new MediaSource.Synthetic(30, PACKETS_PER_FRAME, 300);
        return new Scenario(
                "sound",
                "",
                List.of(new StreamSpec("cam", video, transport, AudioSpec.DEFAULT)),
                viewers,
                drive,
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(windowMillis), DRAIN));
    }

    private static LoadEvidence window(Scenario scenario, Meanwhile meanwhile) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), 7)) {
            run.publish();
            run.ramp();
            run.beginWindow();
            meanwhile.act(relay);
            return run.endWindow(DRAIN);
        }
    }

    private static void assertNothingIsLost(LoadEvidence load) {
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsLost() + load.contentMismatches() + load.authenticationFailures())
                .isZero();
        assertThat(Objects.requireNonNull(load.checks()).faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aWindowHoldsTheSoundOfItsPicturesTime(Transport transport) throws Exception {
        Scenario scenario = scenario(transport, new Drive.Open(), new ViewerLoad(3, 1, 1), 600);
        LoadEvidence load = window(scenario, relay -> {});

        assertNothingIsLost(load);
        assertThat(load.viewersConnected()).isEqualTo(3);
        assertThat(load.framesOffered()).isEqualTo(18 + 30);
        assertThat(load.framesComplete()).isEqualTo(3 * (18 + 30));
        assertThat(load.packetsReceived()).isEqualTo(3 * (18 * PACKETS_PER_FRAME + 30));
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
        assertThat(load.latency().packetCount()).isEqualTo(load.packetsReceived());
        assertThat(load.windowNs()).isBetween(599_999_999L, 600_000_001L);
    }

    @Test
    void inAClosedDriveTheSoundTravelsWithThePictureInWhoseTimeItFalls() throws Exception {
        Scenario scenario = scenario(Transport.TCP, new Drive.Closed(4), new ViewerLoad(2, 1, 1), 500);
        LoadEvidence load = window(scenario, relay -> {});

        assertNothingIsLost(load);
        assertThat(load.framesExpected()).isEqualTo(2 * load.framesOffered());
        // each frame of sound is one packet, each picture is eight
        double pictures = (load.packetsReceived() / 2.0 - load.framesOffered()) / (PACKETS_PER_FRAME - 1);
        double sounds = load.framesOffered() - pictures;
        assertThat(pictures).isGreaterThan(3 * 15);
        assertThat(sounds).isCloseTo(pictures * 50 / 30, within(1.0));
    }

    /// One viewer of each kind: which session is whose depends on who comes first.
    @Test
    void viewersReportBothTracksAndAskForPicturesOnly() throws Exception {
        Scenario scenario = scenario(Transport.TCP, new Drive.Open(), new ViewerLoad(2, 1, 1, false, 0.5, 0.5), 1_500);
        LoadEvidence load = window(scenario, relay -> {
            relay.sendReport();
            for (int i = 0; i < 2; i++) {
                relay.session(i).plant(Fault.DROP, 3, ReflectorSession::isAudio);
            }
            Thread.sleep(1_300); // each reports once a second
            for (int i = 0; i < 2; i++) {
                ReflectorSession session = relay.session(i);
                assertThat(session.received(Rtcp.TRANSPORT_FEEDBACK)).isEmpty();
                assertThat(sources(session.received(Rtcp.RECEIVER_REPORT).getLast()))
                        .containsExactlyInAnyOrder(session.videoSsrc(), session.audioSsrc());
            }
        });
        RecoveryEvidence recovery = Objects.requireNonNull(load.recovery());

        assertThat(load.packetsLost()).isEqualTo(3);
        assertThat(load.framesExpected() - load.framesComplete()).isEqualTo(3);
        assertThat(load.lossByViewer()).singleElement().asString().contains("(audio): 3 packets lost");
        assertThat(recovery.packetsAsked() + recovery.pictureLosses()).isZero();
        assertThat(recovery.freezes().freezeCount()).as("no picture is missing").isZero();
        assertThat(Objects.requireNonNull(load.receive()).sinkPackets())
                .isBetween(44L * PACKETS_PER_FRAME + 70, 46L * PACKETS_PER_FRAME + 77);
    }

    /// The sources that a receiver report speaks of.
    private static Set<Integer> sources(byte[] report) {
        Set<Integer> sources = new HashSet<>();
        for (int i = 0; i < (report[0] & 0x1f); i++) {
            sources.add(Bytes.getInt(report, 8 + 24 * i));
        }
        return sources;
    }

    @Test
    void whoComesOrGoesInTheWindowGetsBothTracksForItsTime() throws Exception {
        Scenario steady = scenario(Transport.TCP, new Drive.Open(), new ViewerLoad(4, 1, 1), 1_000);
        LoadEvidence load =
                window(steady.withShape(new LoadShape.Churn(Duration.ofSeconds(1), Duration.ofMillis(50))), _ -> {});

        assertNothingIsLost(load);
        assertThat(Objects.requireNonNull(load.joins()).leavesDone()).isPositive();
        assertThat(load.viewersConnected()).isEqualTo(load.viewersWanted());
    }
}
