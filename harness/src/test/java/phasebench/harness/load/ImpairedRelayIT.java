package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.harness.load.impair.ExactBinomial;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.TrialValidity;
import phasebench.harness.plan.ValidityLimits;
import phasebench.harness.process.JvmCommand;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayMetrics;
import phasebench.harness.process.RelayProcess;
import phasebench.harness.process.RelaySettings;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RecoveryEvidence;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// The real relay behind a network that loses 5 %: what is set is what is measured, and nobody blames the relay.
@Timeout(120)
class ImpairedRelayIT {
    /// Without the parameter sets that a relay repeats before key frames.
    private static final int PACKETS_MIN = 6 * 60 * 8;

    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final Scenario SCENARIO = new Scenario(
            "impaired",
            "",
            List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
            new ViewerLoad(6, 1, 1),
            new Drive.Open(),
            new TrialTiming(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(2), DRAIN));

    @TempDir
    private Path folder;

    /// What came of one window at a relay, between two readings of it.
    private record Seen(LoadEvidence load, ProcessReading before, ProcessReading after) {
        long counted(String counter) {
            return Math.round(after.relayCounters().getOrDefault(counter, Double.NaN)
                    - before.relayCounters().getOrDefault(counter, Double.NaN));
        }
    }

    private Seen run(String profile, Scenario scenario) throws Exception {
        RelaySettings settings = new RelaySettings(Map.of("profile", profile));
        settings.write(folder.resolve("relay.yaml"));
        List<String> command = new JvmCommand(
                        List.of(),
                        Path.of(System.getProperty("java.home")),
                        1,
                        List.of(),
                        Path.of(System.getProperty("phasebench.relay.jar")))
                .with("--config", "relay.yaml");
        try (RelayProcess relay = RelayProcess.start(command, folder, Duration.ofSeconds(10))) {
            ReadyLine ready = relay.awaitReady(Duration.ofSeconds(40));
            try (RelayMetrics metrics = new RelayMetrics(ready.httpUri());
                    LoadRun run = new LoadRun(scenario, new LoadTargets(ready.rtspUri(), ready.httpUri()), 7)) {
                ProcessReader reader =
                        new ProcessReader(relay.pid(), CpuTopology.read().allowedCores(), metrics);
                run.publish();
                run.ramp();
                reader.read(Map.of());
                Thread.sleep(scenario.timing().warmUp());
                run.beginWindow();
                ProcessReading before = reader.read(Map.of());
                run.awaitWindowBoundary();
                ProcessReading after = reader.read(Map.of());
                return new Seen(run.endWindow(DRAIN), before, after);
            }
        }
    }

    private static Impairment loss() {
        return new Impairment(0.05, 1, Duration.ofMillis(10), Duration.ZERO, 0, 0, null, Direction.MEDIA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mtx-2025", "best"})
    void theLossSetIsTheLossMeasuredAndIsNotTheRelays(String profile) throws Exception {
        Seen seen = run(profile, SCENARIO.withImpairments(List.of(loss())));
        LoadEvidence load = seen.load();

        LoadChecks checks = load.checks();
        assertThat(checks).isNotNull();
        ImpairmentEvidence network = checks == null ? null : checks.impairment();
        assertThat(network).isNotNull();
        long packets = network == null ? 0 : network.media().packets();
        ExactBinomial range = ExactBinomial.range(packets, 0.05, 0.001);
        assertThat(packets).isBetween((long) PACKETS_MIN, PACKETS_MIN + 6L * 60);
        // what is lost in the frames beside the window may be read as lost in it
        assertThat(load.packetsReceived() + load.packetsLost() - packets).isBetween(-3L, 3L);
        assertThat(load.packetsLost()).isBetween(range.low(), range.high());
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
        assertThat(checks == null ? List.of() : checks.faults()).isEmpty();
        assertIsNotLaidOnTheRelay(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mtx-2025", "best"})
    void whatBrowsersAskForAgainIsWhatTheRelayHears(String profile) throws Exception {
        Scenario asking = new Scenario(
                "asking",
                "",
                SCENARIO.streams(),
                new ViewerLoad(6, 1, 1, false, 1, 0),
                SCENARIO.drive(),
                SCENARIO.timing());
        Seen seen = run(profile, asking.withImpairments(List.of(loss())));
        LoadEvidence load = seen.load();
        RecoveryEvidence recovery = Objects.requireNonNull(load.recovery());

        assertThat(recovery.packetsRecovered()).isGreaterThan(PACKETS_MIN / 40);
        assertThat(load.packetsLost()).isLessThan(recovery.packetsRecovered() / 10);
        // the readings are a few milliseconds beside the window's boundaries
        assertThat(seen.counted("relay_rtcp_packets_in_total{type=\"NACK\"}"))
                .isCloseTo(recovery.nackPackets(), withinPercentage(15));
        assertThat(seen.counted("relay_nacks_received_total")).isCloseTo(recovery.packetsAsked(), withinPercentage(15));
        assertThat(seen.counted("relay_rtp_retransmissions_out_total"))
                .isGreaterThan(recovery.packetsRecovered() * 85 / 100);
        assertThat(Objects.requireNonNull(load.checks()).faults()).isEmpty();
        assertIsNotLaidOnTheRelay(seen);
    }

    private static void assertIsNotLaidOnTheRelay(Seen seen) {
        TrialOutcome outcome = new TrialValidity(SCENARIO, TrialValidity.CoreSharing.SHARED, ValidityLimits.DEFAULT)
                .judge(seen.load(), seen.before(), seen.after());
        // a busy machine may make the trial invalid: late frames are then read at the wrong side of the window's edge
        if (outcome instanceof TrialOutcome.Invalid(List<String> reasons)) {
            assertThat(reasons)
                    .anyMatch(reason -> reason.startsWith("load generator was the limit")
                            || reason.startsWith("machine disturbed"));
        } else {
            assertThat(outcome).isEqualTo(new TrialOutcome.Measured());
        }
    }
}
