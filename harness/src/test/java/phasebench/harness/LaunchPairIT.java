package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;

/// Launch pairs of relays that do what a script says; nothing is pinned, so that a busy machine does not matter, and no
/// load is real, so that nobody asks whether the core was saturated.
@EnabledOnOs(OS.LINUX)
class LaunchPairIT {
    @TempDir
    private Path folder;

    @Test
    void twoRelaysThatWorkGiveARatioAndTheirEvidence() throws Exception {
        PairRecord pair = pair("busy", "busy");

        assertThat(pair.outcome()).isEqualTo(new TrialOutcome.Measured());
        assertThat(pair.windows()).hasSize(3);
        assertThat(pair.warmUp()).isNotEmpty();
        assertThat(PairFigures.of(pair, 1).ratio()).isPositive().isFinite();
        assertThat(pair.baseline().variant()).isEqualTo("first");
        assertThat(pair.candidate().variant()).isEqualTo("second");
        assertThat(pair.baseline().relayCommand()).isEqualTo(pair.candidate().relayCommand());
        assertThat(pair.files())
                .containsKeys(
                        "baseline/relay.yaml",
                        "baseline/counters.prom",
                        "baseline/load.log",
                        "candidate/relay.yaml",
                        "candidate/counters.prom",
                        "candidate/load.log");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            busy         | ends-at-once       | second: the relay ended before it was ready: exit code 64
            port-in-use  | busy               | first: the relay ended before it was ready: exit code 4
            busy         | dies-in-window     | the relay died: exit code 134
            busy         | ignores-sigterm    | second: the relay ignored SIGTERM for 2 s and was killed
            busy         | leaves-no-counters | second: the relay left no complete counters.prom when it stopped
            """)
    void oneRelayThatMisbehavesFailsThePairAndIsNamed(String first, String second, String reason) throws Exception {
        PairRecord pair = pair(first, second);

        assertThat(pair.outcome()).isInstanceOf(TrialOutcome.Failed.class);
        assertThat(((TrialOutcome.Failed) pair.outcome()).reasons())
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void anInterruptedPairKeepsItsRecord() throws Exception {
        Thread.currentThread().interrupt();

        PairRecord pair = pair("busy", "busy");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(pair.outcome()).isEqualTo(new TrialOutcome.Failed(List.of("interrupted by the user")));
    }

    private PairRecord pair(String first, String second) throws Exception {
        ExperimentSpec spec = Samples.duet(
                1,
                0,
                Samples.variant("first", Map.of("script", first)),
                Samples.variant("second", Map.of("script", second)));
        boolean isInterrupted = Thread.interrupted();
        RunDirectory run = RunDirectory.create(folder, "test", Instant.EPOCH);
        var plan = ExperimentPlan.of(spec).pairs().getFirst();
        PairDirectory pairFolder = run.createPair(plan.id());
        List<Integer> cores = CpuTopology.read().allowedCores();
        TrialSetup setup = new TrialSetup(
                spec.scenario(),
                1,
                new TrialSetup.Host(
                        new CpuPlacement(cores, cores, CpuPlacement.Pinning.NONE),
                        CpuPinning.UtilLinux.find(),
                        Path.of(System.getProperty("java.home")),
                        ScriptedRelay.jar(folder)),
                ScriptedLoad::start,
                new ChildProcesses(),
                new TrialSetup.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(2)));
        DuetSpec duet = java.util.Objects.requireNonNull(spec.duet());
        Progress silent = new PlainLines(new PrintStream(OutputStream.nullOutputStream()));
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        PairRecord pair = new LaunchPair(setup, duet, plan, pairFolder, silent).run();
        boolean wasInterrupted = Thread.interrupted();
        pairFolder.writePair(pair);
        assertThat(pairFolder.record()).contains(pair);
        assertThat(Files.isDirectory(pairFolder.path())).isTrue();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return pair;
    }
}
