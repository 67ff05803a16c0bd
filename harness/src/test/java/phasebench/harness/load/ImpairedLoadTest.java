package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.impair.ExactBinomial;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.ImpairmentCounts;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.RecoveryEvidence;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// What the scenario's network does is what viewers see: 6 viewers, 60 frames of 8 packets, 2880 packets.
@Timeout(60)
class ImpairedLoadTest {
    private static final int PACKETS = 6 * 60 * 8;
    private static final Duration DRAIN = Duration.ofMillis(500);

    private static Impairment impairment(double loss, Duration delay, double reorder, double duplicate, Direction way) {
        return new Impairment(loss, 1, delay, Duration.ZERO, reorder, duplicate, null, way);
    }

    private static Impairment loss(double share) {
        return impairment(share, Duration.ZERO, 0, 0, Direction.MEDIA);
    }

    private static Scenario scenario(Drive drive) {
        return scenario(drive, new ViewerLoad(6, 1, 1));
    }

    private static Scenario scenario(Drive drive, ViewerLoad viewers) {
        return new Scenario(
                "impaired",
                "",
                List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 8, 300), Transport.TCP)),
                viewers,
                drive,
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(2), DRAIN));
    }

    private static LoadEvidence run(long seed, Drive drive, Impairment... impairments) throws Exception {
        return run(seed, scenario(drive), impairments);
    }

    private static LoadEvidence run(long seed, Scenario scenario, Impairment... impairments) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(
                        scenario.withImpairments(List.of(impairments)),
                        new LoadTargets(relay.rtspUri(), relay.httpUri()),
                        seed)) {
            run.publish();
            run.ramp();
            run.beginWindow();
            LoadEvidence load = run.endWindow(DRAIN);
            assertThat(load.viewersConnected()).isEqualTo(6);
            assertThat(load.receiveBufferDrops()).isZero();
            return load;
        }
    }

    private static ImpairmentEvidence network(LoadEvidence load) {
        LoadChecks checks = load.checks();
        ImpairmentEvidence impairment = checks == null ? null : checks.impairment();
        assertThat(impairment).isNotNull();
        return Objects.requireNonNull(impairment);
    }

    @Test
    void theLossSetIsTheLossMeasured() throws Exception {
        LoadEvidence load = run(7, new Drive.Open(), loss(0.05));
        ExactBinomial range = ExactBinomial.range(PACKETS, 0.05, 0.001);

        assertThat(load.packetsReceived() + load.packetsLost() - PACKETS).isBetween(-2L, 2L);
        assertThat(load.packetsLost()).isBetween(range.low(), range.high());
        assertThat(network(load).media().packets()).isEqualTo(PACKETS);
        // what is lost in the frames beside the window may be read as lost in it
        assertThat(network(load).media().dropped() - load.packetsLost()).isBetween(-2L, 2L);
        assertThat(network(load).media().dropShare()).isBetween(0.03, 0.07);
        assertThat(network(load).set()).containsExactly(loss(0.05));
    }

    @Test
    void theSameSeedLosesTheSamePacketsAndAnotherOneOthers() throws Exception {
        LoadEvidence first = run(7, new Drive.Open(), loss(0.05));
        LoadEvidence again = run(7, new Drive.Open(), loss(0.05));
        LoadEvidence other = run(8, new Drive.Open(), loss(0.05));

        assertThat(again.lossByViewer()).hasSize(6).isEqualTo(first.lossByViewer());
        assertThat(again.framesComplete()).isEqualTo(first.framesComplete());
        assertThat(other.lossByViewer()).isNotEqualTo(first.lossByViewer());
    }

    /// The first second of a camera with sound or without, by what its viewers lost.
    private static List<String> losses(@Nullable AudioSpec audio, Impairment network) throws Exception {
        Scenario scenario = new Scenario(
                "sound",
                "",
                List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 8, 300), Transport.TCP, audio)),
                new ViewerLoad(6, 1, 1),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1), DRAIN));
        LoadEvidence load = run(7, scenario, network);
        long packets = 6L * (30 * 8 + (audio == null ? 0 : 50));
        assertThat(network(load).media().packets()).isEqualTo(packets);
        assertThat(Objects.requireNonNull(load.checks()).faults()).isEmpty();
        return load.lossByViewer();
    }

    @Test
    void theSameSeedLosesTheSamePicturesWithAndWithoutSound() throws Exception {
        Impairment network = impairment(0.1, Duration.ZERO, 0.02, 0.02, Direction.MEDIA);
        List<String> both = losses(AudioSpec.DEFAULT, network);

        assertThat(both).filteredOn(line -> line.contains("(audio)")).hasSizeGreaterThan(3);
        assertThat(both).filteredOn(line -> !line.contains("(audio)")).isEqualTo(losses(null, network));
    }

    @Test
    void delaysOrderAndRepetitionsAreThoseOfTheNetwork() throws Exception {
        LoadEvidence load = run(7, new Drive.Open(), impairment(0, Duration.ofMillis(40), 0.02, 0.03, Direction.BOTH));
        ImpairmentCounts media = network(load).media();

        assertThat(load.packetsLost()).isZero();
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsReordered()).isEqualTo(media.reordered()).isPositive();
        assertThat(load.packetsDuplicated()).isEqualTo(media.duplicated()).isPositive();
        assertThat(media.delays().packets()).isGreaterThan(PACKETS * 9 / 10);
        assertThat(load.latency().latencyNsP50()).isGreaterThan(40_000_000L);
        assertThat(network(load).rtcp().packets()).isPositive();
    }

    @Test
    void browsersBehindALossyNetworkGetAgainWhatItTook() throws Exception {
        Scenario scenario = scenario(new Drive.Open(), new ViewerLoad(6, 1, 1, false, 1, 0));
        LoadEvidence load = run(7, scenario, loss(0.05));
        RecoveryEvidence recovery = Objects.requireNonNull(load.recovery());
        long dropped = network(load).media().dropped();

        assertThat(recovery.viewersAsking()).isEqualTo(6);
        assertThat(dropped).isGreaterThan(PACKETS / 40);
        // a retransmission is lost as often, and is asked for again
        assertThat(load.packetsLost()).isLessThan(dropped / 10);
        assertThat(recovery.packetsRecovered()).isBetween(dropped * 9 / 10, dropped + 6 * 8);
        assertThat(recovery.packetsAsked()).isGreaterThanOrEqualTo(recovery.packetsRecovered());
        assertThat(network(load).repairs().packets()).isGreaterThanOrEqualTo(recovery.packetsRecovered() - 6 * 8);
        assertThat(Objects.requireNonNull(load.checks()).faults()).isEmpty();
    }

    @Test
    void sinksSpeakToTheRelayItself() throws Exception {
        Scenario scenario = scenario(new Drive.Open(), new ViewerLoad(6, 1, 1, false, 0, 0.5));
        LoadEvidence load = run(7, scenario, loss(0.05));

        assertThat(network(load).media().packets()).isEqualTo(PACKETS / 2);
        assertThat(load.packetsReceived() + load.packetsLost() - PACKETS / 2).isBetween(-2L, 2L);
        assertThat(Objects.requireNonNull(load.receive()).sinkPackets())
                .as("nothing is taken from sinks")
                .isBetween(3 * 59 * 8L, 3 * 61 * 8L);
    }

    @Test
    void aClosedDriveGoesOnAcrossLosses() throws Exception {
        LoadEvidence load = run(7, new Drive.Closed(4), loss(0.001));

        assertThat(load.packetsLost()).isPositive();
        assertThat(load.packetsLost() - network(load).media().dropped()).isBetween(-2L, 2L);
        assertThat(network(load).overflows()).isZero();
    }

    @Test
    void withoutImpairmentNothingStandsInBetween() throws Exception {
        LoadEvidence load = run(7, new Drive.Open(), Impairment.NONE);
        LoadChecks checks = load.checks();

        assertThat(checks).isNotNull();
        assertThat(checks == null ? "" : checks.impairment()).isNull();
        assertThat(load.packetsLost()).isZero();
    }

    @Test
    void theProxysThreadEndsWithTheLoad() throws Exception {
        run(7, new Drive.Open(), loss(0.05));

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().equals("impairment"));
    }
}
