package phasebench.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.floor.FloorException;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.plan.TrialPlan;
import phasebench.harness.profiler.Profiler;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.scenarios.Drive;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.TrialTiming;

/// Trials with real relay processes that do what a script says; nothing is pinned, so that a busy machine does not
/// matter.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class ExperimentIT {
    private static final TrialSetup.Timeouts SHORT =
            new TrialSetup.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(2));

    @TempDir
    private Path folder;

    private @Nullable RunDirectory run;
    private Path jar = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        jar = ScriptedRelay.jar(folder);
        run = RunDirectory.create(folder, "test", Instant.EPOCH);
    }

    private RunDirectory run() {
        return requireNonNull(run);
    }

    @Test
    void aTrialOfAWellBehavedRelayLeavesItsEvidence() throws Exception {
        TrialRecord trial = trial("ready-late", SHORT);

        assertThat(trial.outcome()).isEqualTo(new TrialOutcome.Measured());
        ProcessReading before = requireNonNull(trial.before());
        ProcessReading after = requireNonNull(trial.after());
        HeapEvidence heap = requireNonNull(trial.heap());
        assertThat(after.cpuNs()).isGreaterThan(before.cpuNs());
        assertThat(after.threads()).extracting(role -> role.role()).contains("vm", "jit", "main");
        assertThat(after.jvmCounters()).containsKey("java.ci.totalTime");
        assertThat(heap.heapLiveBytes()).isBetween(100_000L, 100_000_000L);
        assertThat(heap.heapCommittedBytes()).isGreaterThan(900_000_000L);
        assertThat(heap.threadsPlatformApplication()).isPositive();
        assertThat(trial.files())
                .containsKeys(
                        "relay.yaml",
                        "counters.prom",
                        "load.log",
                        "timeseries.csv",
                        "heap-histogram.txt",
                        "threads.json");
        Path series = run().path().resolve("trials/01-v/timeseries.csv");
        assertThat(Files.readAllLines(series)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            never-ready         | the relay printed no READY line within 2 s
            port-in-use         | exit code 4; its log ends with:
            ends-at-once        | the relay ended before it was ready: exit code 64
            dies-in-window      | the relay died: exit code 134; its log ends with:
            ignores-sigterm     | the relay ignored SIGTERM for 2 s and was killed
            leaves-no-counters  | the relay left no complete counters.prom when it stopped
            """)
    void aRelayThatMisbehavesFailsItsTrial(String script, String reason) throws Exception {
        Duration ready = Duration.ofSeconds(script.equals("never-ready") ? 2 : 20);

        TrialRecord trial = trial(script, new TrialSetup.Timeouts(ready, Duration.ofSeconds(2)));

        assertThat(trial.outcome()).isInstanceOf(TrialOutcome.Failed.class);
        assertThat(((TrialOutcome.Failed) trial.outcome()).reasons())
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void aRelayThatFloodsItsOutputIsDrainedAndItsLogBounded() throws Exception {
        TrialRecord trial = trial("floods-stdout", SHORT);

        assertThat(trial.outcome()).isEqualTo(new TrialOutcome.Measured());
        assertThat(Files.size(run().path().resolve("trials/01-v/relay.log"))).isLessThan(3_000_000);
    }

    @Test
    void aRelayThatRunsOtherSettingsThanAskedForFails() throws Exception {
        TrialRecord trial = trial(Map.of("script", "runs-other-settings", "send", "batch"), SHORT);

        assertThat(trial.outcome())
                .isEqualTo(new TrialOutcome.Failed(List.of(
                        "the relay does not run what the variant asks for: send: asked for batch, runs single")));
    }

    @Test
    void anExperimentGoesOnAfterAFailedTrialAndSaysWhichVariantHasNone() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Site site = site();
        var spec = Samples.experiment(
                1,
                1,
                Samples.variant("good", Map.of("script", "well-behaved")),
                Samples.variant("bad", Map.of("script", "ends-at-once")));

        int code = new Experiment(ExperimentPlan.of(spec), site, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();

        assertThat(code).isEqualTo(ExitCode.INVALID);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("no valid trial of: bad", "failed: the relay ended before it was ready", "rendered")
                .contains("warning: the floor was not measured: for a test");
        RunDirectory written = onlyRun();
        assertThat(written.floor()).isEmpty();
        assertThat(written.manifest().experiment()).isEqualTo(spec);
        assertThat(written.trialRecords())
                .extracting(trial -> trial.id().directoryName())
                .containsExactlyInAnyOrder("01-good", "01-bad", "01-bad.2");
    }

    @Test
    void aWarmUpByCriterionIsWrittenDown() throws Exception {
        ExperimentSpec spec = overViewers("busy", Duration.ofSeconds(6));

        new Experiment(ExperimentPlan.of(spec), site(), System.out).run();

        assertThat(onlyRun().trialRecords())
                .extracting(trial -> trial.id().directoryName())
                .containsExactlyInAnyOrder("01-v.5-viewers", "01-v.10-viewers");
        assertThat(onlyRun().trialRecords())
                .extracting(trial -> requireNonNull(trial.warmUp()))
                .allSatisfy(warmUp -> {
                    assertThat(warmUp.stretches()).hasSizeBetween(2, 3);
                    assertThat(Duration.ofNanos(warmUp.tookNs()))
                            .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
                });
    }

    private static ExperimentSpec overViewers(String script, Duration warmUpMax) {
        ExperimentSpec plain = Samples.experiment(1, 0, Samples.variant("v", Map.of("script", script)));
        TrialTiming timing = plain.scenario().timing();
        return new ExperimentSpec(
                plain.name(),
                plain.description(),
                plain.scenario()
                        .withTiming(new TrialTiming(
                                timing.ramp(), timing.warmUp(), timing.window(), timing.drain(), warmUpMax, 0.03)),
                plain.baseline(),
                plain.variants(),
                1,
                false,
                1,
                0,
                null,
                List.of(5, 10));
    }

    @Test
    void whatIsMissingIsSaidBeforeAnyTrial() throws IOException {
        Files.delete(jar);
        var plan = ExperimentPlan.of(Samples.experiment(1, 0, Samples.variant("v", Map.of())));

        assertThatThrownBy(() -> new Experiment(plan, site(), System.out).run())
                .isInstanceOf(PreflightException.class)
                .hasMessageContaining("the relay is not built");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void theFloorIsWrittenBesideTheTrials() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        FloorEvidence floor = new FloorEvidence(
                FloorEvidence.SCHEMA_VERSION,
                1200,
                100,
                8,
                1600,
                List.of(),
                "none",
                List.of(FloorReading.missing(FloorKind.sending("gso", 8, FloorKind.QUEUED), "no GSO")),
                null);
        var spec = Samples.experiment(1, 0, Samples.variant("good", Map.of("script", "well-behaved")));

        int code = new Experiment(
                        ExperimentPlan.of(spec),
                        site(_ -> Optional.of(floor)),
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(onlyRun().floor()).contains(floor);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("floor: ns of CPU per packet at least");
    }

    @Test
    void theCeilingIsWrittenBesideTheTrialsAndWarnsWhoComesCloseToIt() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        var spec = Samples.experiment(1, 0, Samples.variant("good", Map.of("script", "well-behaved")));
        Collaborators.CeilingMeter close = (_, threads, wanted) -> Optional.of(new CeilingEvidence(
                CeilingEvidence.SCHEMA_VERSION,
                "scripted",
                1000,
                List.of(CeilingEvidence.THREAD_BUSY_SHARE_MAX * threads * 1e9 / wanted),
                0,
                "",
                threads,
                wanted));

        new Experiment(
                        ExperimentPlan.of(spec),
                        site(Collaborators.FloorMeter.NONE, close),
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();

        CeilingEvidence written = onlyRun().ceiling().orElseThrow();
        assertThat(written.share()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(written.packetsPerSecondWanted()).isPositive();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("ceiling: " + written.sentence(), "warning: " + written.warning());
    }

    private Site site() throws IOException {
        return site(_ -> {
            throw new FloorException("the floor was not measured: for a test");
        });
    }

    private Site site(Collaborators.FloorMeter floor) throws IOException {
        return site(floor, Collaborators.CeilingMeter.NONE);
    }

    private Site site(Collaborators.FloorMeter floor, Collaborators.CeilingMeter ceiling) throws IOException {
        Path home = folder.resolve("home");
        Path built = home.resolve("relay-under-test/target/relay/relay.jar");
        if (Files.exists(jar)) {
            Files.createDirectories(built.getParent());
            Files.copy(jar, built, StandardCopyOption.REPLACE_EXISTING);
        }
        System.setProperty("phasebench.lock", folder.resolve("lock").toString());
        return new Site(
                new Installation(home, Path.of(System.getProperty("java.home"))),
                CpuTopology.read(),
                new CpuPinning.UtilLinux(true, true, false),
                folder.resolve("runs"),
                List.of("scripts/phasebench", "run"),
                new Collaborators(ScriptedLoad::start, (_, out) -> out.println("rendered"), floor, ceiling));
    }

    private RunDirectory onlyRun() throws IOException {
        try (var runs = Files.list(folder.resolve("runs"))) {
            return RunDirectory.open(runs.findFirst().orElseThrow());
        }
    }

    private TrialRecord trial(String script, TrialSetup.Timeouts timeouts) throws Exception {
        return trial(Map.of("script", script), timeouts);
    }

    private TrialRecord trial(Map<String, String> settings, TrialSetup.Timeouts timeouts) throws Exception {
        List<Integer> cores = CpuTopology.read().allowedCores();
        TrialSetup setup = new TrialSetup(
                Samples.scenario(new Drive.Open()),
                1,
                new TrialSetup.Host(
                        new CpuPlacement(cores, cores, CpuPlacement.Pinning.NONE),
                        CpuPinning.UtilLinux.find(),
                        Path.of(System.getProperty("java.home")),
                        jar),
                ScriptedLoad::start,
                new ChildProcesses(),
                timeouts);
        TrialPlan plan = new TrialPlan(new TrialId(TrialKind.STEADY, 1, "v", 1), Samples.variant("v", settings));
        TrialDirectory trialFolder = run().createTrial(plan.id());
        Progress silent = new PlainLines(new PrintStream(OutputStream.nullOutputStream()));
        return new Trial(setup, plan, new Profiler.None(), trialFolder, silent).run();
    }
}
