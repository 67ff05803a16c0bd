package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.Report;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;

/// A harness that is killed in the middle, and one that goes on.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class ResumeIT {
    private static final String SCENARIO = """
            scenario:
              name: tiny
              description: Ten viewers
              streams:
                - name: a
                  source:
                    synthetic: {framesPerSecond: 30, packetsPerFrame: 8, payloadBytes: 1188}
                  transport: tcp
              viewers: {count: 10, decryptedViewerShare: 100%, decryptedPacketShare: 100%}
              drive: DRIVE
              timing: {ramp: 50ms, warmUp: 200ms, window: 1s, drain: 100ms}
            baseline: start
            """;

    private static final String STEADY = """
            kind: experiment
            name: steady
            """ + SCENARIO.replace("DRIVE", "open") + """
            variants:
              - {id: start}
              - {id: bad, jvmFlags: [-Dscript=leaves-no-counters]}
            rounds: 2
            seed: 1
            repeatsMax: 1
            """;

    private static final String DUET = """
            kind: experiment
            name: duet
            """ + SCENARIO.replace("DRIVE", "\n    closed: {framesInFlight: 2}") + """
            variants:
              - {id: start, jvmFlags: [-Dscript=busy]}
              - {id: next, jvmFlags: [-Dscript=busy]}
            duet: {pairs: 3, windows: 2, warmUpMax: 2s, jitShareMax: 100%}
            seed: 1
            repeatsMax: 0
            """;

    @TempDir
    private Path folder;

    private HarnessProcess harness;

    @BeforeEach
    void makeAProjectFolder() throws IOException {
        harness = new HarnessProcess(folder, HarnessProcess.Pinning.NONE);
    }

    /// The variant that always fails uses up the one repeat (or the other one, if the hypervisor disturbs it first),
    /// before or behind the kill: it must come where it would have come, and only once.
    @Test
    void trialsThatHaveEndedStayAndTheOneUnderWayBeginsAgain() throws Exception {
        harness.scenario("steady", STEADY);
        killWhen("run steady", () -> harness.count("trial.json") == 2 && harness.count("relay.out") == 3);
        RunDirectory run = onlyRun();
        Map<String, String> before = startsOfTrials(run);
        assertThat(before).hasSize(2);

        int code = harness.run("run", "--resume", run.path().toString());

        assertThat(code).as(harness.said()).isEqualTo(ExitCode.INVALID);
        assertThat(harness.said())
                .contains("2 have ended, 1 were cut short and begin again")
                .containsPattern("no valid trial of: .*bad");
        assertThat(startsOfTrials(run)).containsAllEntriesOf(before).hasSize(5);
        assertThat(run.trialRecords())
                .extracting(trial -> trial.id().directoryName())
                .containsAll(run.manifest().trialOrder())
                .filteredOn(name -> name.endsWith(".2"))
                .hasSize(1);
        assertThat(run.trials())
                .extracting(TrialDirectory::name)
                .filteredOn(RunDirectory::isSetAside)
                .hasSize(1);
        ComparisonDocument comparison = JsonFile.read(
                Report.render(run.path()).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        assertThat(comparison.warnings())
                .contains("The run was interrupted and resumed: 1 of its trials were cut short and begun again.")
                .noneMatch(warning -> warning.contains("not complete"));

        assertThat(harness.run("run", "--resume", run.path().toString()))
                .as("once more changes nothing")
                .isEqualTo(ExitCode.INVALID);
        assertThat(startsOfTrials(run)).hasSize(5);
        assertThat(harness.said()).contains("5 have ended, 0 were cut short");
    }

    @Test
    void launchPairsAreResumedTheSameWay() throws Exception {
        harness = new HarnessProcess(folder.resolve("pinned"), HarnessProcess.Pinning.APART);
        harness.scenario("duet", DUET);
        killWhen("run duet", () -> harness.count("pair.json") == 1 && harness.count("relay.out") == 4);
        RunDirectory run = onlyRun();

        int code = harness.run("run", "--resume", run.path().toString());

        assertThat(harness.said()).contains("1 have ended, 1 were cut short and begin again");
        assertThat(code).as(harness.said()).isIn(ExitCode.OK, ExitCode.INVALID);
        assertThat(run.pairs())
                .extracting(PairDirectory::name)
                .filteredOn(name -> !RunDirectory.isSetAside(name))
                .containsExactlyElementsOf(run.manifest().trialOrder());
        for (PairDirectory pair : run.pairs()) {
            assertThat(pair.record().isPresent()).isEqualTo(!RunDirectory.isSetAside(pair.name()));
            assertThat(pair.record().map(written -> written.outcome())).isNotEqualTo(TrialOutcome.INTERRUPTED);
        }
    }

    @Test
    void anotherRelayIsRefused() throws Exception {
        harness.scenario("steady", STEADY);
        killWhen("run steady", () -> harness.count("relay.out") == 1);
        RunDirectory run = onlyRun();
        Files.write(harness.relayJar(), new byte[] {0}, StandardOpenOption.APPEND);

        int code = harness.run("run", "--resume", run.path().toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said())
                .contains("--resume: " + run.path() + " cannot go on:")
                .containsPattern("relay build: [0-9a-f]{16} then, [0-9a-f]{16} now");
        assertThat(run.trialRecords()).isEmpty();
    }

    @Test
    void anotherMachineOrSchemaIsRefused() throws Exception {
        harness.scenario("steady", STEADY);
        killWhen("run steady", () -> harness.count("relay.out") == 1);
        RunDirectory run = onlyRun();
        Path manifest = run.path().resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(
                manifest,
                text.replaceFirst("\"CPU\" : \"[^\"]*\"", "\"CPU\" : \"another\"")
                        .replaceFirst("\"01-", "\"07-"));

        assertThat(harness.run("run", "--resume", run.path().toString())).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said())
                .contains("it is of another machine (then, now): CPU: another, ")
                .contains("this phasebench plans other trials from the same seed");

        Files.writeString(manifest, text.replaceFirst("\"schemaVersion\" : \\d+", "\"schemaVersion\" : 1"));
        assertThat(harness.run("run", "--resume", run.path().toString())).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("it has schema version 1, and this phasebench writes");

        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertThat(harness.run("run", "--resume", run.path().toString())).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("manifest.json", "not a whole or valid file");
    }

    @Test
    void whatIsNoRunOrHasAPlanBesideItIsRefused() throws Exception {
        assertThat(harness.run("run", "--resume", "/nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("no such run directory");
        assertThat(harness.run("run", "steady", "--resume", "/nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("--resume: takes the plan from the run directory");
    }

    private void killWhen(String command, java.util.function.BooleanSupplier moment) throws Exception {
        Process process = harness.start(command.split(" ", -1));
        try {
            harness.await(() -> moment.getAsBoolean() || !process.isAlive());
            assertThat(process.isAlive()).as(harness.said()).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(HarnessProcess.PATIENCE)).isTrue();
    }

    private RunDirectory onlyRun() throws IOException {
        List<Path> runs = harness.runDirectories();
        assertThat(runs).hasSize(1);
        return RunDirectory.open(runs.getFirst());
    }

    private static Map<String, String> startsOfTrials(RunDirectory run) throws IOException {
        Map<String, String> starts = new HashMap<>();
        run.trialRecords().forEach(trial -> starts.put(trial.id().directoryName(), trial.startedAt()));
        return starts;
    }
}
