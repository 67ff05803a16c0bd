package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.viewer.ReflectorSession.Fault;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ReceiveEvidence;
import phasebench.reports.rundir.RecoveryEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

@Timeout(60)
class LoadRunTest {
    private static final Duration DRAIN = Duration.ofMillis(150);
    private static final MediaSource SYNTHETIC = new MediaSource.Synthetic(30, 8, 1188);
    private static final int FRAMES = 15;

    private static Scenario scenario(MediaSource source, Transport transport, Drive drive, int viewers) {
        TrialTiming timing = new TrialTiming(Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(500), DRAIN);
        return new Scenario(
                "test",
                "",
                List.of(new StreamSpec("cam", source, transport)),
                new ViewerLoad(viewers, 1, 1),
                drive,
                timing);
    }

    private static Scenario synthetic(int viewers) {
        return scenario(SYNTHETIC, Transport.TCP, new Drive.Open(), viewers);
    }

    private static LoadTargets targets(ReflectorRelay relay) {
        return new LoadTargets(relay.rtspUri(), relay.httpUri());
    }

    /// What happens to the relay in the window.
    private interface Meanwhile {
        void act(ReflectorRelay relay) throws Exception;
    }

    private static LoadEvidence window(Scenario scenario, SrtpProfile profile, Meanwhile meanwhile) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(profile, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, targets(relay), 7)) {
            run.publish();
            run.ramp();
            run.beginWindow();
            meanwhile.act(relay);
            return run.endWindow(DRAIN);
        }
    }

    private static LoadEvidence withFault(Fault fault, int count, boolean onMarker) throws Exception {
        return window(synthetic(2), SrtpProfile.AEAD_AES_128_GCM, relay -> {
            Thread.sleep(50);
            relay.session(1).plant(fault, count, packet -> RtpHeader.marker(packet) == onMarker);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCleanRunLosesNothing(SrtpProfile profile) throws Exception {
        LoadEvidence load = window(synthetic(5), profile, relay -> relay.sendReport());

        assertThat(load.viewersConnected()).isEqualTo(5);
        assertThat(load.framesOffered()).isEqualTo(FRAMES);
        assertThat(load.framesExpected()).isEqualTo(5 * FRAMES);
        assertThat(load.framesComplete()).isEqualTo(5 * FRAMES);
        assertThat(load.packetsReceived()).isEqualTo(5 * FRAMES * 8);
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
        assertThat(load.latency().packetCount()).isEqualTo(load.packetsReceived());
        assertThat(List.of(
                        load.packetsLost(),
                        load.packetsDuplicated(),
                        load.packetsReordered(),
                        load.authenticationFailures(),
                        load.contentMismatches(),
                        load.receiveBufferDrops()))
                .containsOnly(0L);
        assertThat(load.srtpProfiles()).containsOnly(java.util.Map.entry(profile.name(), 5));
        assertThat(load.lossByViewer()).isEmpty();
        assertThat(load.windowNs()).isBetween(499_999_999L, 500_000_001L);
    }

    @Test
    void theClipComesThroughOverUdp() throws Exception {
        Scenario scenario = scenario(new MediaSource.Clip("testcard", 30), Transport.UDP, new Drive.Open(), 3);
        LoadEvidence load = window(scenario, SrtpProfile.AES_CM_128_HMAC_SHA1_80, relay -> {});

        assertThat(load.framesComplete()).isEqualTo(3 * FRAMES);
        assertThat(load.packetsLost() + load.contentMismatches() + load.authenticationFailures())
                .isZero();
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
    }

    @Test
    void aClosedDriveFollowsTheRelay() throws Exception {
        Scenario scenario = scenario(SYNTHETIC, Transport.TCP, new Drive.Closed(4), 2);
        LoadEvidence load = window(scenario, SrtpProfile.AEAD_AES_128_GCM, relay -> {});

        assertThat(load.framesOffered()).isGreaterThan(3 * FRAMES);
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.framesExpected()).isEqualTo(2 * load.framesOffered());
        assertThat(load.packetsLost()).isZero();
    }

    /// Longer than the silence after which a relay with viewers counts as dead.
    @Test
    void withoutViewersThePublisherStreamsAndSilenceIsNoDeath() throws Exception {
        Scenario longer = new Scenario(
                "nobody",
                "",
                synthetic(1).streams(),
                new ViewerLoad(0, 1, 1),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(3), DRAIN));

        LoadEvidence load = window(longer, SrtpProfile.AEAD_AES_128_GCM, relay -> {});

        assertThat(load.framesOffered()).isEqualTo(90);
        assertThat(List.of(load.viewersWanted(), load.viewersConnected())).containsOnly(0);
        assertThat(List.of(load.framesExpected(), load.packetsReceived(), load.packetsLost(), load.packetsVerified()))
                .containsOnly(0L);
        assertThat(load.srtpProfiles()).isEmpty();
        assertThat(load.latency().packetCount()).isZero();
    }

    @Test
    void aRelayThatDiesWithoutViewersEndsTheWindow() {
        Scenario nobody = synthetic(1).withViewerCount(0);
        assertThatThrownBy(() -> window(nobody, SrtpProfile.AEAD_AES_128_GCM, ReflectorRelay::close))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("stream cam");
    }

    /// Eight packets a frame, so that a frame takes 4 or 16 ms at the relay.
    @Test
    void framesOfAClosedDriveFollowWhatTheRelayTakesForThem() throws Exception {
        Scenario scenario = scenario(SYNTHETIC, Transport.TCP, new Drive.Closed(4), 2);
        LoadEvidence quick = window(scenario, SrtpProfile.AEAD_AES_128_GCM, relay -> {
            relay.takePerPacket(Duration.ofNanos(500_000));
        });
        LoadEvidence slow = window(scenario, SrtpProfile.AEAD_AES_128_GCM, relay -> {
            relay.takePerPacket(Duration.ofMillis(2));
        });

        double quickPerSecond = quick.framesOffered() * 1e9 / quick.windowNs();
        double slowPerSecond = slow.framesOffered() * 1e9 / slow.windowNs();
        // frames that were released before the relay became slow are few
        assertThat(slowPerSecond).isLessThan(1000.0 / 16 * 1.5);
        assertThat(quickPerSecond).isGreaterThan(1.5 * slowPerSecond);
    }

    @Test
    void theSameSeedMakesTheSameOffers() throws Exception {
        List<List<String>> offers = new java.util.ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                    LoadRun run = new LoadRun(synthetic(5), targets(relay), 7)) {
                run.publish();
                run.ramp();
                // joins may overtake each other, and the certificate is made anew for each run
                offers.add(relay.offers().stream()
                        .map(offer -> offer.replaceAll("a=fingerprint:.*", ""))
                        .sorted()
                        .toList());
            }
        }

        assertThat(offers.get(0)).hasSize(5).isEqualTo(offers.get(1));
    }

    @Test
    void aPausedLoadSendsNothingAndGoesOnWithoutALoss() throws Exception {
        Scenario scenario = scenario(SYNTHETIC, Transport.TCP, new Drive.Closed(4), 2);
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, targets(relay), 7)) {
            run.publish();
            run.ramp();
            run.pause();
            // longer than a load that is not paused may be silent
            Thread.sleep(3_000);
            run.resume();
            run.beginWindow();
            LoadEvidence load = run.endWindow(DRAIN);

            assertThat(load.viewersConnected()).isEqualTo(2);
            assertThat(load.framesOffered()).isPositive();
            assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        }
    }

    @Test
    void anOpenDriveCannotPause() throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(synthetic(1), targets(relay), 7)) {
            run.publish();
            run.ramp();
            assertThatThrownBy(run::pause)
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("only a closed drive can pause");
        }
    }

    @Test
    void aDroppedPacketIsFound() throws Exception {
        LoadEvidence load = withFault(Fault.DROP, 1, false);

        assertThat(load.packetsLost()).isEqualTo(1);
        assertThat(load.packetsReceived()).isEqualTo(2 * FRAMES * 8 - 1);
        assertThat(load.framesExpected() - load.framesComplete()).isEqualTo(1);
        assertThat(load.lossByViewer()).containsExactly("viewer 1: 1 packets lost, 1 of 15 frames incomplete");
    }

    @Test
    void aDroppedMarkerSpoilsItsOwnFrameOnly() throws Exception {
        LoadEvidence load = withFault(Fault.DROP, 1, true);

        assertThat(load.packetsLost()).isEqualTo(1);
        assertThat(load.framesExpected() - load.framesComplete()).isEqualTo(1);
    }

    @Test
    void aPacketDroppedBeforeItWasNumberedIsFound() throws Exception {
        LoadEvidence load = withFault(Fault.DROP_BEFORE_NUMBERING, 1, true);

        assertThat(load.packetsLost()).isZero();
        assertThat(load.framesExpected() - load.framesComplete()).isEqualTo(1);
    }

    @Test
    void aRepeatedPacketIsNoDelivery() throws Exception {
        LoadEvidence load = withFault(Fault.REPEAT, 1, false);

        assertThat(load.packetsDuplicated()).isEqualTo(1);
        assertThat(load.packetsReceived()).isEqualTo(2 * FRAMES * 8);
        assertThat(load.packetsLost()).isZero();
    }

    @Test
    void aSwapIsNoLoss() throws Exception {
        LoadEvidence load = withFault(Fault.SWAP_WITH_NEXT, 1, false);

        assertThat(load.packetsReordered()).isEqualTo(1);
        assertThat(load.packetsLost()).isZero();
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
    }

    @Test
    void aCorruptByteFailsAuthentication() throws Exception {
        LoadEvidence load = withFault(Fault.CORRUPT, 1, false);

        assertThat(load.authenticationFailures()).isEqualTo(1);
        assertThat(load.contentMismatches()).isZero();
    }

    @Test
    void aWrongByteUnderAValidTagIsFound() throws Exception {
        LoadEvidence load = withFault(Fault.WRONG_CONTENT, 1, false);

        assertThat(load.contentMismatches()).isEqualTo(1);
        assertThat(load.authenticationFailures()).isZero();
    }

    @Test
    void aPacketOfAnotherSourceIsFound() throws Exception {
        LoadEvidence load = withFault(Fault.WRONG_SSRC, 1, false);

        assertThat(load.contentMismatches()).isEqualTo(1);
        assertThat(load.packetsLost()).isEqualTo(1);
    }

    @Test
    void aDroppedTailIsFound() throws Exception {
        LoadEvidence load = withFault(Fault.DROP, 1_000_000, true);
        long framesLost = load.framesExpected() - load.framesComplete();

        assertThat(framesLost).isBetween(10L, (long) FRAMES);
        assertThat(load.packetsLost()).isEqualTo(framesLost);
    }

    @Test
    void aRelayThatStopsForwardingEndsTheWindow() throws Exception {
        long beginNs = System.nanoTime();
        Scenario longWindow = new Scenario(
                "long",
                "",
                synthetic(2).streams(),
                synthetic(2).viewers(),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(30), DRAIN));

        assertThatThrownBy(() -> window(longWindow, SrtpProfile.AEAD_AES_128_GCM, ReflectorRelay::stall))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no frame reached any viewer for 2 s");
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void aRelayThatDiesEndsTheWindow() {
        assertThatThrownBy(() -> window(synthetic(2), SrtpProfile.AEAD_AES_128_GCM, ReflectorRelay::close))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("stream cam");
    }

    @Test
    void aRefusalNamesViewerStatusAndBody() throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.REFUSING);
                LoadRun run = new LoadRun(synthetic(3), targets(relay), 7)) {
            run.publish();
            assertThatThrownBy(run::ramp)
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("viewer ")
                    .hasMessageContaining("503 no room for viewers");
        }
    }

    @Test
    void aRelayThatAnswersNoStunIsNamed() throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.SILENT);
                LoadRun run = new LoadRun(synthetic(1), targets(relay), 7)) {
            run.publish();
            assertThatThrownBy(run::ramp)
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("viewer 0 cannot join")
                    .hasMessageContaining("answered no STUN request within 5 s");
        }
    }

    @Test
    void nobodyThereIsSaidAtOnce() {
        LoadTargets nowhere =
                new LoadTargets(java.net.URI.create("rtsp://127.0.0.1:1"), java.net.URI.create("http://127.0.0.1:1"));
        try (LoadRun run = new LoadRun(synthetic(1), nowhere, 7)) {
            assertThatThrownBy(run::publish)
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("cannot reach the relay's RTSP port 127.0.0.1:1");
        }
    }

    @Test
    void viewersReportAndLeave() throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING)) {
            try (LoadRun run = new LoadRun(synthetic(2), targets(relay), 7)) {
                run.publish();
                run.ramp();
                run.beginWindow();
                Thread.sleep(50);
                relay.sendReport();
                run.awaitWindowBoundary();
                LoadEvidence load = run.endWindow(Duration.ofMillis(700));
                assertThat(load.rtcpReceived()).containsEntry("SR", 2L).containsEntry("SDES", 2L);
            }
            assertThat(relay.session(0).received())
                    .isNotEmpty()
                    .allSatisfy(report -> assertThat(report[1] & 0xff).isEqualTo(201));
            assertThat(relay.sessionsDeleted()).isEqualTo(2);
        }
    }

    private static RecoveryEvidence recoveryOf(LoadEvidence load) {
        return Objects.requireNonNull(load.recovery());
    }

    private static ReceiveEvidence receiveOf(LoadEvidence load) {
        return Objects.requireNonNull(load.receive());
    }

    private static Scenario lasting(int viewers, Duration window) {
        TrialTiming timing = new TrialTiming(Duration.ofMillis(200), Duration.ZERO, window, DRAIN);
        Scenario scenario = synthetic(viewers);
        return new Scenario("test", "", scenario.streams(), scenario.viewers(), scenario.drive(), timing);
    }

    private static Scenario behaving(Scenario scenario, double behaviourShare, double sinkShare) {
        return new Scenario(
                "test",
                "",
                scenario.streams(),
                new ViewerLoad(scenario.viewers().count(), 1, 1, false, behaviourShare, sinkShare),
                scenario.drive(),
                scenario.timing());
    }

    private static LoadEvidence window(Scenario scenario, Meanwhile meanwhile) throws Exception {
        return window(scenario, SrtpProfile.AEAD_AES_128_GCM, meanwhile);
    }

    @Test
    void aBrowserAsksForWhatItMissesAndLosesNothing() throws Exception {
        Scenario scenario = lasting(2, Duration.ofMillis(1_500));
        List<byte[]> nacks = new ArrayList<>();
        LoadEvidence load = window(behaving(scenario, 1, 0), relay -> {
            Thread.sleep(100);
            relay.session(1).plant(Fault.DROP, 3, packet -> !RtpHeader.marker(packet));
            Thread.sleep(600);
            nacks.addAll(relay.session(1).received(Rtcp.TRANSPORT_FEEDBACK));
            assertThat(relay.session(0).received(Rtcp.TRANSPORT_FEEDBACK)).isEmpty();
        });
        RecoveryEvidence recovery = recoveryOf(load);

        assertThat(load.packetsLost()).isZero();
        assertThat(load.packetsReordered()).isZero();
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsReceived()).isEqualTo(2 * 45 * 8);
        assertThat(recovery.viewersAsking()).isEqualTo(2);
        assertThat(recovery.packetsRecovered()).isEqualTo(3);
        assertThat(recovery.packetsAsked()).isGreaterThanOrEqualTo(3);
        assertThat(recovery.nackPackets()).isEqualTo(nacks.size()).isPositive();
        assertThat(recovery.packetsGivenUp() + recovery.pictureLosses()).isZero();
        assertThat(recovery.recovery().packetCount()).isEqualTo(3);
        assertThat(recovery.recovery().latencyNsMax()).isGreaterThan(5_000_000L);
    }

    @Test
    void aBrowserGivesUpAndAsksForAWholePicture() throws Exception {
        Scenario scenario = lasting(2, Duration.ofMillis(2_500));
        LoadEvidence load = window(behaving(scenario, 1, 0), relay -> {
            Thread.sleep(100);
            relay.session(1).ignoreNacks();
            relay.session(1).plant(Fault.DROP, 1, packet -> !RtpHeader.marker(packet));
            Thread.sleep(1_900);
            assertThat(relay.session(1).received(Rtcp.TRANSPORT_FEEDBACK)).hasSize(10);
            assertThat(relay.session(1).received(Rtcp.PAYLOAD_FEEDBACK)).hasSize(1);
        });
        RecoveryEvidence recovery = recoveryOf(load);

        assertThat(load.packetsLost()).isEqualTo(1);
        assertThat(recovery.nackPackets()).isEqualTo(10);
        assertThat(recovery.packetsRecovered()).isZero();
        assertThat(recovery.packetsGivenUp()).isEqualTo(1);
        assertThat(recovery.pictureLosses()).isEqualTo(1);
        assertThat(recovery.freezes().viewersFrozen()).isEqualTo(1);
        assertThat(recovery.freezes().freezeNsMax()).isBetween(500_000_000L, 2_500_000_000L);
    }

    @Test
    void viewersThatDoNotAskOnlyReportTheirLoss() throws Exception {
        Scenario scenario = lasting(2, Duration.ofMillis(2_500));
        LoadEvidence load = window(scenario, relay -> {
            Thread.sleep(100);
            relay.session(1).plant(Fault.DROP, 8, packet -> !RtpHeader.marker(packet));
            Thread.sleep(1_900);
            assertThat(relay.session(1).received(Rtcp.TRANSPORT_FEEDBACK)).isEmpty();
            assertThat(relay.session(1).received(Rtcp.RECEIVER_REPORT))
                    .as("fraction lost of some report")
                    .anySatisfy(report -> assertThat(report[12] & 0xff).isBetween(5, 250));
            assertThat(relay.session(0).received(Rtcp.RECEIVER_REPORT))
                    .allSatisfy(report -> assertThat(report[12]).isZero())
                    .as("jitter below a second of the RTP clock")
                    .allSatisfy(report -> assertThat(Bytes.getInt(report, 20)).isBetween(0, 90_000));
        });

        assertThat(load.packetsLost()).isEqualTo(8);
        assertThat(recoveryOf(load).viewersAsking()).isZero();
        assertThat(recoveryOf(load).nackPackets()).isZero();
        assertThat(recoveryOf(load).packetsGivenUp()).isEqualTo(8);
        assertThat(recoveryOf(load).freezes().freezeCount()).isPositive();
    }

    @Test
    void theKernelCountsForSinks() throws Exception {
        Scenario scenario = lasting(4, Duration.ofMillis(1_500));
        LoadEvidence load = window(behaving(scenario, 0, 0.5), relay -> {
            relay.sendReport();
            Thread.sleep(1_200);
            for (int i = 0; i < 4; i++) {
                assertThat(relay.session(i).received(Rtcp.RECEIVER_REPORT)).isNotEmpty();
            }
        });

        assertThat(load.viewersConnected()).isEqualTo(4);
        assertThat(load.packetsReceived()).isEqualTo(2 * 45 * 8);
        assertThat(load.framesExpected()).isEqualTo(2 * 45);
        assertThat(receiveOf(load).sinkViewers()).isEqualTo(2);
        assertThat(receiveOf(load).sinkPackets())
                .as("between the readings, a few milliseconds before each boundary")
                .isBetween(2 * 44 * 8L, 2 * 46 * 8L);
        assertThat(load.packetsForwarded())
                .isEqualTo(load.packetsReceived() + receiveOf(load).sinkPackets());
        assertThat(load.receiveBufferDrops()).isZero();
    }

    @Test
    void aLoadOfSinksOnlyIsCountedToo() throws Exception {
        LoadEvidence load = window(behaving(synthetic(3), 0, 1), relay -> {});

        assertThat(load.viewersConnected()).isEqualTo(3);
        assertThat(load.packetsReceived()).isZero();
        assertThat(receiveOf(load).sinkPackets()).isBetween(3 * 14 * 8L, 3 * 16 * 8L);
    }

    @Test
    void viewersWithSocketsOfTheirOwnAuditAlike() throws Exception {
        System.setProperty("phasebench.load.sockets", "own");
        try {
            LoadEvidence load = withFault(Fault.DROP, 1, false);
            assertThat(load.packetsLost()).isEqualTo(1);
            assertThat(load.packetsReceived()).isEqualTo(2 * FRAMES * 8 - 1);
            assertThat(receiveOf(load).engine()).contains("one for each viewer");
        } finally {
            System.clearProperty("phasebench.load.sockets");
        }
        assertThat(receiveOf(window(synthetic(1), SrtpProfile.AEAD_AES_128_GCM, relay -> {}))
                        .engine())
                .contains("shared");
    }
}
