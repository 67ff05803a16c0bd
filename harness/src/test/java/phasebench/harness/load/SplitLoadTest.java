package phasebench.harness.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.JoinEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;
import phasebench.scenarios.schedule.ViewerEvent;
import phasebench.scenarios.schedule.ViewerSchedule;

/// One load in two parts against an in-JVM reflector, each share taken over the wire's JSON: every shape of load comes
/// to what the scenario says as a whole.
@Timeout(60)
class SplitLoadTest {
    private static final int SEED = 7;
    private static final int PACKETS = 4;
    private static final int FRAMES = 30;
    private static final Duration DRAIN = Duration.ofMillis(200);

    private static StreamSpec stream(String name) {
        return new StreamSpec(name, new MediaSource.Synthetic(30, PACKETS, 400), Transport.TCP);
    }

    private static Scenario scenario(int viewers, LoadShape shape) {
        return new Scenario(
                        "split",
                        "",
                        List.of(stream("cam")),
                        new ViewerLoad(viewers, 0.5, 1, false, 0.5, 0),
                        new Drive.Open(),
                        new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1), DRAIN))
                .withShape(shape);
    }

    /// A window of two parts; `grow` steps of a climb join before it.
    private static LoadEvidence run(Scenario scenario, int grow) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING)) {
            LoadTargets targets = new LoadTargets(relay.rtspUri(), relay.httpUri());
            try (LoadRun first = new LoadRun(scenario, targets, SEED, new LoadPart(0, 2));
                    LoadRun second = new LoadRun(scenario, targets, SEED, new LoadPart(1, 2))) {
                second.follow(first.publish());
                first.ramp();
                second.ramp();
                for (int step = 0; step < grow; step++) {
                    first.grow();
                    second.grow();
                }
                WindowPlan.agree(1, first::planWindow, plan -> {
                    boolean isFirstArmed = first.armWindow(plan);
                    return second.armWindow(plan) && isFirstArmed;
                });
                first.openWindow();
                second.openWindow();
                first.awaitWindowBoundary();
                second.awaitWindowBoundary();
                return SharedWindow.evidence(List.of(wired(first.endShare(DRAIN)), wired(second.endShare(DRAIN))));
            }
        }
    }

    private static WindowShare wired(WindowShare share) {
        WindowShare read = LoadMessage.read(LoadMessage.write(share), WindowShare.class);
        assertThat(read).isEqualTo(share);
        return read;
    }

    private static void assertNothingIsLost(LoadEvidence load) {
        assertThat(load.packetsLost() + load.contentMismatches() + load.authenticationFailures())
                .isZero();
        assertThat(load.framesOffered()).isEqualTo(FRAMES);
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsReceived()).isEqualTo(load.framesExpected() * PACKETS);
        assertThat(load.latency().packetCount()).isEqualTo(load.packetsReceived());
        assertThat(load.viewersConnected()).isEqualTo(load.viewersWanted());
        LoadChecks checks = requireNonNull(load.checks());
        assertThat(checks.faults()).isEmpty();
        assertThat(checks.generators()).hasSize(2);
    }

    @Test
    void aSteadyCrowdIsCountedAsAWhole() throws Exception {
        LoadEvidence load = run(scenario(7, new LoadShape.Steady()), 0);

        assertNothingIsLost(load);
        assertThat(load.viewersWanted()).isEqualTo(7);
        assertThat(load.framesExpected()).isEqualTo(7 * FRAMES);
        // four of seven viewers are decrypted, and ask: whoever carries them
        assertThat(load.packetsVerified()).isEqualTo(4 * FRAMES * PACKETS);
        assertThat(requireNonNull(load.recovery()).viewersAsking()).isEqualTo(4);
        assertThat(requireNonNull(load.checks()).generators().stream().map(GeneratorEvidence::viewers))
                .containsExactly(4, 3);
        assertThat(load.srtpProfiles().values()).containsExactly(7);
        assertThat(load.sendDelayNsMax()).isPositive();
        assertThat(load.joins()).isNull();
    }

    @Test
    void aCrowdThatComesByChanceComesToBoth() throws Exception {
        assertNothingIsLost(run(scenario(5, new LoadShape.Ramp(1, LoadShape.Ramp.Arrivals.RANDOM)), 0));
    }

    @Test
    void aBurstIsCarriedByBoth() throws Exception {
        LoadEvidence load = run(scenario(8, new LoadShape.JoinBurst(2, Duration.ofMillis(300), Duration.ZERO)), 0);

        assertNothingIsLost(load);
        JoinEvidence joins = requireNonNull(load.joins());
        assertThat(load.viewersWanted()).isEqualTo(8);
        assertThat(joins.joinsPlanned()).isEqualTo(6);
        assertThat(joins.joinsDone()).isEqualTo(6);
        assertThat(joins.pictureNsP50()).isPositive().isLessThanOrEqualTo(joins.pictureNsMax());
        assertThat(load.framesExpected()).isBetween(2L * FRAMES + 6, 2L * FRAMES + 6 * 21);
    }

    @Test
    void stepsGrowInBoth() throws Exception {
        LoadEvidence load = run(scenario(6, new LoadShape.Steps(2, 2, Duration.ofMillis(300))), 0);

        assertNothingIsLost(load);
        assertThat(requireNonNull(load.joins()).joinsDone()).isEqualTo(4);
    }

    @Test
    void whoFollowsOnAPlaceIsCarriedWhereTheOneBeforeWas() throws Exception {
        Scenario scenario = scenario(4, new LoadShape.Churn(Duration.ofSeconds(1), Duration.ofMillis(50)));
        ViewerSchedule schedule = ViewerSchedule.of(scenario, SEED);
        int leaves = schedule.count(ViewerEvent.Stage.WINDOW, ViewerEvent.Kind.LEAVE);
        assertThat(leaves).as("leaves that this seed makes").isPositive();
        LoadEvidence load = run(scenario, 0);

        assertNothingIsLost(load);
        assertThat(requireNonNull(load.joins()).leavesDone()).isEqualTo(leaves);
        assertThat(load.viewersWanted()).isEqualTo(schedule.presentAfter());
    }

    /// The first step is carried by one of the two alone.
    @Test
    void aClimbGrowsStepByStep() throws Exception {
        LoadEvidence load = run(scenario(6, new LoadShape.Climb(2, 2, Duration.ofMillis(20), 0)), 1);

        assertNothingIsLost(load);
        assertThat(load.viewersConnected()).isEqualTo(4);
        assertThat(load.framesExpected()).isEqualTo(4 * FRAMES);
    }

    @Test
    void aClosedDriveIsRefused() {
        List<StreamSpec> streams = new ArrayList<>(List.of(stream("one")));
        Scenario closed = new Scenario(
                "closed",
                "",
                streams,
                new ViewerLoad(2, 0, 0),
                new Drive.Closed(2),
                scenario(2, new LoadShape.Steady()).timing());
        LoadRun run = new LoadRun(
                closed,
                new LoadTargets(java.net.URI.create("rtsp://127.0.0.1:1"), java.net.URI.create("http://127.0.0.1:2")),
                SEED,
                new LoadPart(0, 2));

        assertThatThrownBy(run::publish)
                .isInstanceOf(LoadException.class)
                .hasMessage("a closed drive goes by the viewers of one generator, and scenario closed asks for 2");
    }
}
