package phasebench.harness.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.JoinEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;
import phasebench.scenarios.schedule.ViewerEvent;
import phasebench.scenarios.schedule.ViewerSchedule;

/// Viewers that come and go in the window of a run against an in-JVM reflector.
@Timeout(60)
class LoadRunMovesTest {
    private static final int SEED = 7;
    private static final int PACKETS = 4;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofMillis(200);
    private static final int FRAMES = 60;

    private static StreamSpec stream(String name) {
        return new StreamSpec(name, new MediaSource.Synthetic(30, PACKETS, 400), Transport.TCP);
    }

    private static Scenario scenario(int viewers, LoadShape shape) {
        return new Scenario(
                        "moves",
                        "",
                        List.of(stream("cam")),
                        new ViewerLoad(viewers, 1, 1),
                        new Drive.Open(),
                        new TrialTiming(Duration.ofMillis(100), Duration.ZERO, WINDOW, DRAIN))
                .withShape(shape);
    }

    private static LoadEvidence run(Scenario scenario, Mood mood) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, mood);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), SEED)) {
            run.publish();
            run.ramp();
            run.beginWindow();
            return run.endWindow(DRAIN);
        }
    }

    private static void assertNothingIsLost(LoadEvidence load) {
        assertThat(load.packetsLost() + load.contentMismatches() + load.authenticationFailures())
                .isZero();
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsReceived()).isEqualTo(load.framesExpected() * PACKETS);
        assertThat(load.latency().packetCount()).isEqualTo(load.packetsReceived());
        assertThat(load.receiveBufferDrops()).isZero();
    }

    private static JoinEvidence joins(LoadEvidence load) {
        return requireNonNull(load.joins());
    }

    @Test
    void aBurstIsCountedFromEachViewersFirstPicture() throws Exception {
        Scenario scenario = scenario(6, new LoadShape.JoinBurst(2, Duration.ofMillis(400), Duration.ZERO));
        LoadEvidence load = run(scenario, Mood.WILLING);

        assertNothingIsLost(load);
        assertThat(load.viewersWanted()).isEqualTo(6);
        assertThat(load.viewersConnected()).isEqualTo(6);
        assertThat(load.framesOffered()).isEqualTo(FRAMES);
        // two see all of it, four at most what comes after the burst, and surely some of it
        assertThat(load.framesExpected()).isBetween(2L * FRAMES + 4, 2L * FRAMES + 4 * 48);
        assertThat(joins(load).joinsPlanned()).isEqualTo(4);
        assertThat(joins(load).joinsDone()).isEqualTo(4);
        assertThat(joins(load).pictureNsP50())
                .isPositive()
                .isLessThanOrEqualTo(joins(load).pictureNsMax());
        assertThat(joins(load).packetsOutside()).isPositive();
        assertThat(joins(load).failures()).isEmpty();
    }

    @Test
    void stepsGrowTheCrowdInTheWindow() throws Exception {
        LoadEvidence load = run(scenario(5, new LoadShape.Steps(1, 2, Duration.ofMillis(500))), Mood.WILLING);

        assertNothingIsLost(load);
        assertThat(load.viewersConnected()).isEqualTo(5);
        assertThat(joins(load).joinsDone()).isEqualTo(4);
        assertThat(load.framesExpected()).isBetween(FRAMES + 4L, FRAMES + 2L * 45 + 2L * 30);
    }

    @Test
    void whoLeavesIsExpectedToGetWhatWasOutAndWhoFollowsWhatCameThen() throws Exception {
        Scenario scenario = scenario(4, new LoadShape.Churn(Duration.ofSeconds(2), Duration.ZERO));
        ViewerSchedule schedule = ViewerSchedule.of(scenario, SEED);
        int leaves = schedule.count(ViewerEvent.Stage.WINDOW, ViewerEvent.Kind.LEAVE);
        assertThat(leaves).as("leaves that this seed makes").isPositive();
        LoadEvidence load = run(scenario, Mood.WILLING);

        assertNothingIsLost(load);
        assertThat(joins(load).leavesPlanned()).isEqualTo(leaves);
        assertThat(joins(load).leavesDone()).isEqualTo(leaves);
        assertThat(joins(load).joinsPlanned())
                .isEqualTo(schedule.count(ViewerEvent.Stage.WINDOW, ViewerEvent.Kind.JOIN));
        assertThat(joins(load).viewersLost()).isZero();
        assertThat(load.viewersWanted()).isEqualTo(schedule.presentAfter());
        assertThat(load.viewersConnected()).isEqualTo(load.viewersWanted());
        // places are empty while a handshake lasts, and never taken twice
        assertThat(load.framesExpected()).isBetween(2L * FRAMES, 4L * FRAMES);
    }

    @Test
    void aBusyChurnLosesNothing() throws Exception {
        LoadEvidence load =
                run(scenario(3, new LoadShape.Churn(Duration.ofSeconds(1), Duration.ofMillis(100))), Mood.WILLING);
        assertNothingIsLost(load);
        assertThat(joins(load).leavesDone())
                .isGreaterThan(2)
                .isEqualTo(joins(load).leavesPlanned());
    }

    @Test
    void viewersWithSocketsOfTheirOwnComeAndGoAlike() throws Exception {
        System.setProperty("phasebench.load.sockets", "own");
        try {
            LoadEvidence load =
                    run(scenario(3, new LoadShape.Churn(Duration.ofSeconds(1), Duration.ofMillis(100))), Mood.WILLING);
            assertNothingIsLost(load);
            assertThat(joins(load).leavesDone())
                    .isPositive()
                    .isEqualTo(joins(load).leavesPlanned());
            assertThat(requireNonNull(load.receive()).engine()).contains("one for each viewer");
        } finally {
            System.clearProperty("phasebench.load.sockets");
        }
    }

    @Test
    void whatTheNetworkTakesOfWhoComesAndGoesIsCountedForWhileTheyAreThere() throws Exception {
        Impairment loss = new Impairment(0.1, 1, Duration.ZERO, Duration.ZERO, 0, 0, null, Direction.MEDIA);
        Scenario churn = scenario(4, new LoadShape.Churn(Duration.ofSeconds(2), Duration.ofMillis(100)));
        LoadEvidence load = run(churn.withImpairments(List.of(loss)), Mood.WILLING);
        LoadChecks checks = requireNonNull(load.checks());

        assertThat(joins(load).leavesDone()).isPositive();
        assertThat(load.packetsLost()).isGreaterThan(30);
        // at the edges of each viewer's part a packet or two may be read on the other side
        assertThat(load.packetsLost()
                        - requireNonNull(checks.impairment()).media().dropped())
                .isBetween(-12L, 12L);
    }

    @Test
    void sinksComeInTheWindowAndAreCountedByTheKernel() throws Exception {
        Scenario burst = scenario(6, new LoadShape.JoinBurst(2, Duration.ofMillis(400), Duration.ZERO));
        LoadEvidence load = run(withSinks(burst, 0.5), Mood.WILLING);

        assertNothingIsLost(load);
        assertThat(load.viewersConnected()).isEqualTo(6);
        assertThat(joins(load).joinsDone()).isEqualTo(4);
        assertThat(joins(load).failures()).isEmpty();
        assertThat(load.framesExpected()).isBetween(1L, 3L * FRAMES);
        assertThat(requireNonNull(load.receive()).sinkPackets()).isBetween(1L, 3L * (FRAMES + 1) * PACKETS);
        assertThat(load.packetsForwarded())
                .isEqualTo(
                        load.packetsReceived() + requireNonNull(load.receive()).sinkPackets());
    }

    @Test
    void sinksLeaveAndAreFollowedBySinks() throws Exception {
        Scenario churn = scenario(2, new LoadShape.Churn(Duration.ofSeconds(1), Duration.ofMillis(100)));
        LoadEvidence load = run(withSinks(churn, 1), Mood.WILLING);

        assertThat(joins(load).leavesDone()).isPositive().isEqualTo(joins(load).leavesPlanned());
        assertThat(joins(load).failures()).isEmpty();
        assertThat(joins(load).pictureNsMax()).isZero();
        assertThat(load.packetsReceived() + load.framesExpected()).isZero();
        assertThat(requireNonNull(load.receive()).sinkPackets()).isPositive();
    }

    private static Scenario withSinks(Scenario scenario, double share) {
        return new Scenario(
                        scenario.name(),
                        "",
                        scenario.streams(),
                        new ViewerLoad(scenario.viewers().count(), 1, 1, false, 0, share),
                        scenario.drive(),
                        scenario.timing())
                .withShape(scenario.shape());
    }

    @Test
    void aClimbHasAWindowForEachStep() throws Exception {
        Scenario scenario = scenario(5, new LoadShape.Climb(2, 2, Duration.ofMillis(20), 0))
                .withTiming(new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(500), DRAIN));
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), SEED)) {
            run.publish();
            run.ramp();
            for (int viewers : new int[] {2, 4, 5}) {
                if (viewers > 2) {
                    run.grow();
                }
                run.beginWindow();
                LoadEvidence load = run.endWindow(DRAIN);
                assertNothingIsLost(load);
                assertThat(load.joins()).isNull();
                assertThat(load.viewersWanted()).isEqualTo(viewers);
                assertThat(load.viewersConnected()).isEqualTo(viewers);
                assertThat(load.framesExpected()).isEqualTo(viewers * 15L);
            }
        }
    }

    @Test
    void theSecondWindowOfAMovingCrowdIsRefused() throws Exception {
        Scenario scenario = scenario(2, new LoadShape.JoinBurst(1, Duration.ofMillis(100), Duration.ZERO));
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), SEED)) {
            run.publish();
            run.ramp();
            run.beginWindow();
            run.endWindow(DRAIN);
            assertThatThrownBy(run::beginWindow)
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("a scenario of shape joinBurst has one window");
        }
    }

    @Test
    void aRelayThatRefusesWhoComesInTheWindowIsNamed() throws Exception {
        Scenario scenario = scenario(4, new LoadShape.JoinBurst(2, Duration.ofMillis(200), Duration.ZERO));
        LoadEvidence load;
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), SEED)) {
            run.publish();
            run.ramp();
            relay.refuse();
            run.beginWindow();
            load = run.endWindow(DRAIN);
        }
        assertThat(joins(load).joinsPlanned()).isEqualTo(2);
        assertThat(joins(load).joinsDone()).isZero();
        assertThat(joins(load).failures())
                .hasSize(2)
                .allMatch(text -> text.contains("cannot join") && text.contains("503 no room for viewers"));
        assertThat(load.viewersWanted()).isEqualTo(4);
        assertThat(load.viewersConnected()).isEqualTo(2);
        assertThat(load.framesComplete()).isEqualTo(2 * FRAMES);
    }
}
