package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.PairPlan;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.SoloFigures;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairLayout;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.SoloWindow;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;

/// Launch pairs of relays that do what a script says; nothing is pinned, so that a busy machine does not
/// matter, and no load is real, so that nobody asks whether the core was saturated.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class LaunchPairIT {
    private static final CpuPlacement NOT_PINNED = new CpuPlacement(
            CpuTopology.read().allowedCores(), CpuTopology.read().allowedCores(), CpuPlacement.Pinning.NONE);

    private final List<Thread> startedBy = new ArrayList<>();

    @TempDir
    private Path folder;

    private int runs;
    private @Nullable Path lastRun;

    @Test
    void twoRelaysThatWorkGiveARatioAndTheirEvidence() throws Exception {
        PairRecord pair = pair("busy", "busy");

        assertThat(pair.outcome()).isEqualTo(new TrialOutcome.Measured());
        // a child ends with the thread that started it
        assertThat(startedBy).containsOnly(Thread.currentThread());
        assertThat(pair.windows()).hasSize(3);
        assertThat(pair.warmUp()).isNotEmpty();
        assertThat(PairFigures.of(pair, 1).ratio()).isPositive().isFinite();
        assertThat(pair.baseline().variant()).isEqualTo("first");
        assertThat(pair.candidate().variant()).isEqualTo("second");
        assertThat(pair.baseline().relayCommand()).isEqualTo(pair.candidate().relayCommand());
        assertThat(pair.files())
                .containsKeys(
                        "relay-a/relay.yaml",
                        "relay-a/counters.prom",
                        "relay-a/load.log",
                        "relay-b/relay.yaml",
                        "relay-b/counters.prom",
                        "relay-b/load.log");
        assertThat(pair.layout().cores()).isEqualTo(PairLayout.Cores.AS_PLACED);
        assertThat(pair.solo()).isEmpty();
        assertThat(pair.stageSeconds().keySet())
                .containsExactly("starting", "ramp", "warm-up", "windows", "drain", "stopping");
        assertThat(pair.stageSeconds().get("windows")).isBetween(0.9, 30.0);
    }

    @Test
    void noRelayCanTellByItsFolderWhichOfTheTwoItIs() throws Exception {
        Set<String> baselineFolders = new HashSet<>();
        for (PairPlan plan : PairPlan.of(
                Samples.duet(2, 0, Samples.variant("first", Map.of()), Samples.variant("second", Map.of())))) {
            PairRecord pair = pair(plan, Samples.duet(2, 0, plan.baseline(), plan.candidate()), NOT_PINNED);
            assertThat(List.of(pair.layout().baselineFolder(), pair.layout().candidateFolder()))
                    .containsExactlyInAnyOrder("relay-a", "relay-b");
            baselineFolders.add(pair.layout().baselineFolder());
        }
        assertThat(baselineFolders).containsExactlyInAnyOrder("relay-a", "relay-b");
    }

    @Test
    void whenIdleEveryWindowIsWithoutMediaAndTheSessionsAreFoundAliveBehindIt() throws Exception {
        PairRecord pair = idlePair("busy");

        assertThat(pair.outcome()).isEqualTo(new TrialOutcome.Measured());
        assertThat(pair.windows()).hasSizeBetween(4, 7);
        assertThat(pair.windows())
                .allMatch(edge -> edge.baseline().relayCounters().isEmpty());
        assertThat(pair.baseline().load()).isNotNull();
        double sent = packets(pair.baseline().after()) - packets(pair.baseline().before());
        assertThat(sent).isZero();
        assertThat(pair.stageSeconds().keySet())
                .containsExactly("starting", "ramp", "warm-up", "windows", "proof of life", "stopping");
        // a relay that is paused does not burn: both together leave most of the time
        ProcessReading first = pair.windows().getFirst().baseline();
        ProcessReading last = pair.windows().getLast().baseline();
        assertThat((double) (last.cpuNs() - first.cpuNs()) / (last.atNs() - first.atNs()))
                .isLessThan(0.5);
    }

    @Test
    void aRelayThatForwardsWhileNoMediaIsToFlowMakesTheIdlePairInvalid() throws Exception {
        assertThat(idlePair("never-idle").outcome())
                .isInstanceOfSatisfying(
                        TrialOutcome.Invalid.class,
                        invalid -> assertThat(invalid.reasons())
                                .singleElement()
                                .asString()
                                .matches("second: the relay forwarded \\d+ packets while no media was to flow"));
    }

    @Test
    void inAloneWindowsOneWorksAndTheOtherOneIsPaused() throws Exception {
        DuetSpec duet = new DuetSpec(
                1,
                2,
                Duration.ofSeconds(1),
                1,
                DuetSpec.Idle.NONE,
                new DuetSpec.Controls(1, false),
                List.of(DuetSpec.Against.START));
        PairRecord pair = pair(duet, "busy", "busy", NOT_PINNED);

        assertThat(pair.outcome()).isEqualTo(new TrialOutcome.Measured());
        assertThat(pair.solo())
                .extracting(SoloWindow::side)
                .containsExactlyInAnyOrder(SoloWindow.Side.BASELINE, SoloWindow.Side.CANDIDATE);
        assertThat(pair.solo())
                .allSatisfy(window -> assertThat(delivered(window.after()) - delivered(window.before()))
                        .isGreaterThan(500));
        assertThat(pair.stageSeconds()).containsKey("solo windows");
        assertThat(SoloFigures.of(pair, 1)).isPresent();
    }

    /// Core numbers are what the machine allows; whoever else is busy on them is not asked.
    @Test
    void swappedCoresChangePlacesForTheWholePair() throws Exception {
        List<Integer> cores = CpuTopology.read().allowedCores();
        assumeTrue(cores.size() > 1 && CpuPinning.UtilLinux.find().hasTaskset());
        CpuPlacement placed = CpuTopology.read().placement(true);
        DuetSpec duet = new DuetSpec(
                2,
                1,
                Duration.ofSeconds(1),
                1,
                DuetSpec.Idle.NONE,
                new DuetSpec.Controls(0, true),
                List.of(DuetSpec.Against.START));
        ExperimentSpec spec =
                Samples.duet(duet, 0, Samples.variant("first", Map.of()), Samples.variant("second", Map.of()));
        try {
            for (PairPlan plan : PairPlan.of(spec)) {
                PairRecord pair = pair(plan, spec, placed);
                boolean isSwapped = plan.lot().cores() == PairLayout.Cores.SWAPPED;
                assertThat(pair.layout().relayCores()).isEqualTo(isSwapped ? placed.loadCores() : placed.relayCores());
                assertThat(pair.layout().loadCores()).isEqualTo(isSwapped ? placed.relayCores() : placed.loadCores());
                assertThat(pair.layout().cores()).isEqualTo(plan.lot().cores());
                assertThat(cpusAllowed(pair))
                        .isEqualTo("# Cpus_allowed_list:\t"
                                + pair.layout().relayCores().getFirst());
            }
        } finally {
            CpuPinning.pinSelf(cores);
        }
    }

    /// What the baseline's relay wrote of itself when it ended: it had started on all cores.
    private String cpusAllowed(PairRecord pair) throws IOException {
        Path counters = Objects.requireNonNull(lastRun)
                .resolve("trials")
                .resolve(pair.id().directoryName())
                .resolve(pair.layout().baselineFolder())
                .resolve("counters.prom");
        return Files.readAllLines(counters).getFirst();
    }

    private PairRecord idlePair(String second) throws Exception {
        DuetSpec duet = new DuetSpec(
                1,
                2,
                Duration.ofSeconds(1),
                1,
                new DuetSpec.Idle(1, 3, Duration.ofMillis(400)),
                DuetSpec.Controls.NONE,
                List.of(DuetSpec.Against.START));
        ExperimentSpec spec = Samples.duet(
                duet,
                0,
                Samples.variant("first", Map.of("script", "busy")),
                Samples.variant("second", Map.of("script", second)));
        PairPlan plan = PairPlan.of(spec).getLast();
        assertThat(plan.id().kind()).isEqualTo(PairKind.IDLE);
        return pair(plan, spec, NOT_PINNED);
    }

    private static long delivered(ProcessReading reading) {
        return Objects.requireNonNull(reading.packetsDelivered());
    }

    private static double packets(@Nullable ProcessReading reading) {
        return Objects.requireNonNull(
                Objects.requireNonNull(reading).relayCounters().get("relay_rtp_packets_out_total"));
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
        return pair(new DuetSpec(1, 2, Duration.ofSeconds(1), 1), first, second, NOT_PINNED);
    }

    private PairRecord pair(DuetSpec duet, String first, String second, CpuPlacement placement) throws Exception {
        ExperimentSpec spec = Samples.duet(
                duet,
                0,
                Samples.variant("first", Map.of("script", first)),
                Samples.variant("second", Map.of("script", second)));
        return pair(PairPlan.of(spec).getFirst(), spec, placement);
    }

    private PairRecord pair(PairPlan plan, ExperimentSpec spec, CpuPlacement placement) throws Exception {
        boolean isInterrupted = Thread.interrupted();
        RunDirectory run = RunDirectory.create(folder, "test", Instant.EPOCH.plusSeconds(runs++));
        lastRun = run.path();
        PairDirectory pairFolder = run.createPair(plan.id());
        TrialSetup setup = new TrialSetup(
                spec.scenario(),
                1,
                new TrialSetup.Host(
                        placement,
                        CpuPinning.UtilLinux.find(),
                        Path.of(System.getProperty("java.home")),
                        ScriptedRelay.jar(folder)),
                (prefix, javaHome, log, count) -> {
                    startedBy.add(Thread.currentThread());
                    return ScriptedLoad.start(prefix, javaHome, log, count);
                },
                new ChildProcesses(),
                new TrialSetup.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(2)));
        DuetSpec duet = Objects.requireNonNull(spec.duet());
        Progress silent = new PlainLines(new PrintStream(OutputStream.nullOutputStream()));
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        PairRecord pair;
        try (WarmLoads loads = new WarmLoads()) {
            pair = new LaunchPair(setup, loads, duet, plan, pairFolder, silent).run();
        }
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
