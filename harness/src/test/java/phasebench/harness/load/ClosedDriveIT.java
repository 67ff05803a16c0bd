package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.process.ProcessReader;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// A closed drive at the real relay, relay and load each on a core of their own: the relay's core is the limit, and
/// packets per second are as many as that core has time for.
@EnabledOnOs(OS.LINUX)
@EnabledIfEnvironmentVariable(
        named = "PHASEBENCH_ACCEPTANCE",
        matches = "true",
        disabledReason = "runs with --acceptance")
@Timeout(180)
class ClosedDriveIT {
    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final Scenario SCENARIO = new Scenario(
            "saturating",
            "",
            List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 8, 1000), Transport.TCP)),
            new ViewerLoad(60, 0.05, 0.05),
            new Drive.Closed(8),
            new TrialTiming(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2), DRAIN));

    @TempDir
    private Path folder;

    /// What one relay did in the window.
    private record Seen(LoadEvidence load, ProcessReading before, ProcessReading after) {
        double seconds() {
            return (after.atNs() - before.atNs()) / 1e9;
        }

        double packetsPerSecond() {
            return counted("relay_rtp_packets_out_total") / seconds();
        }

        double cpuNsPerPacket() {
            return (after.cpuNs() - before.cpuNs()) / counted("relay_rtp_packets_out_total");
        }

        double counted(String counter) {
            return after.relayCounters().getOrDefault(counter, Double.NaN)
                    - before.relayCounters().getOrDefault(counter, Double.NaN);
        }

        /// Of the relay's core, whoever used it.
        double coreBusyShare() {
            return (after.coreBusyNs() - before.coreBusyNs()) / (after.atNs() - (double) before.atNs());
        }
    }

    private Seen saturate(String... relayArguments) throws Exception {
        List<Integer> cores = CpuTopology.read().allowedCores();
        CpuPinning.UtilLinux tools = CpuPinning.UtilLinux.find();
        assumeTrue(cores.size() >= 2 && tools.hasTaskset(), "relay and load need a core each");
        List<Integer> relayCore = List.of(cores.getFirst());
        List<Integer> loadCore = List.of(cores.getLast());
        Path own = Files.createTempDirectory(folder, "relay");
        try (RealRelay relay = RealRelay.start(own, "plan-current", prefix(relayCore, tools), relayArguments);
                LoadGenerator load = LoadGenerator.start(
                        prefix(loadCore, tools), Path.of(System.getProperty("java.home")), own.resolve("load.log"))) {
            ProcessReader reader = new ProcessReader(relay.pid(), relayCore, relay.metrics());
            load.prepare(SCENARIO, relay.targets(), 3);
            reader.read(Map.of());
            Thread.sleep(SCENARIO.timing().warmUp());
            load.beginWindow();
            ProcessReading before = reader.read(Map.of());
            Thread.sleep(SCENARIO.timing().window());
            ProcessReading after = reader.read(Map.of());
            Seen seen = new Seen(load.endWindow(DRAIN), before, after);
            load.stop();
            return seen;
        }
    }

    private static List<String> prefix(List<Integer> cores, CpuPinning.UtilLinux tools) {
        return CpuPinning.launcherPrefix(CpuPlacement.Pinning.APART, cores, tools);
    }

    @Test
    void theRelaysCoreIsBusyAndASlowerRelayIsGivenLess() throws Exception {
        Seen plain = saturate();
        Seen slowed = saturate("--allow-plants", "--plant", "walk=2MB");
        String figures =
                "%.0f packets/s at %.0f ns each on a core that was %.1f %% busy; slowed: %.0f, %.0f ns, %.1f %%"
                        .formatted(
                                plain.packetsPerSecond(),
                                plain.cpuNsPerPacket(),
                                100 * plain.coreBusyShare(),
                                slowed.packetsPerSecond(),
                                slowed.cpuNsPerPacket(),
                                100 * slowed.coreBusyShare());
        System.out.println(figures);

        for (Seen seen : List.of(plain, slowed)) {
            assertThat(seen.coreBusyShare()).as(figures).isGreaterThan(0.95);
            assertThat(seen.load().framesComplete()).isEqualTo(seen.load().framesExpected());
            assertThat(seen.load().packetsLost()).isZero();
        }
        double dearer = slowed.cpuNsPerPacket() / plain.cpuNsPerPacket();
        double fewer = plain.packetsPerSecond() / slowed.packetsPerSecond();
        assertThat(dearer).as(figures).isGreaterThan(1.3);
        assertThat(fewer / dearer).as(figures).isBetween(0.6, 1.6);
    }
}
