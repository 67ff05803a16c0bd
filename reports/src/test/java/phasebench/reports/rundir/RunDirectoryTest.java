package phasebench.reports.rundir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

class RunDirectoryTest {
    private static final Instant START = Instant.parse("2026-11-22T17:45:01Z");
    private static final TrialId FIRST = new TrialId(TrialKind.STEADY, 1, "start", 1);

    @TempDir
    private Path runs;

    @Test
    void aRunGetsANameOfItsOwn() throws IOException {
        RunDirectory first = RunDirectory.create(runs.resolve("deep/runs"), "first", START);
        RunDirectory second = RunDirectory.create(runs.resolve("deep/runs"), "first", START);
        assertThat(first.id()).isEqualTo("20261122-174501-first");
        assertThat(second.id()).isEqualTo("20261122-174501-first-2");
    }

    @Test
    void readingBackEqualsWhatWasWritten() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        run.createTrial(FIRST).writeTrial(trial(FIRST, START, new TrialOutcome.Measured()));

        RunDirectory opened = RunDirectory.open(run.path());
        assertThat(opened.manifest()).isEqualTo(manifest());
        assertThat(List.copyOf(opened.manifest().environment().keySet())).containsExactly("kernel", "cpu", "JDK");
        assertThat(opened.trialRecords()).containsExactly(trial(FIRST, START, new TrialOutcome.Measured()));
    }

    @Test
    void aManifestFromBeforeMdnsIsRead() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        Path file = run.path().resolve("manifest.json");
        String text = Files.readString(file);
        String older = text.replaceFirst(",\\s+\"mdnsTalk\" : \\{[^}]*}", "")
                .replaceFirst(",\\s+\"hasLocalCandidates\" : false", "");
        assertThat(older).doesNotContain("mdns").doesNotContain("Local").isNotEqualTo(text);
        Files.writeString(file, older);
        assertThat(RunDirectory.open(run.path()).manifest()).isEqualTo(manifest());
    }

    @Test
    void aManifestFromBeforePlantsHasNone() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        Path file = run.path().resolve("manifest.json");
        String text = Files.readString(file);
        String older = text.replaceAll(",\\s*\"plant\" : \\{ *\\}", "");
        assertThat(older).isNotEqualTo(text).doesNotContain("plant");
        Files.writeString(file, older);

        assertThat(run.manifest()).isEqualTo(manifest());
    }

    @Test
    void aTrialThatWasCutShortIsSetAsideAndItsNameIsFreeAgain() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        run.createTrial(FIRST);
        assertThat(run.setAside("01-start")).isEqualTo("01-start.unfinished");
        run.createTrial(FIRST).writeTrial(trial(FIRST, START, TrialOutcome.INTERRUPTED));
        assertThat(run.setAside("01-start")).isEqualTo("01-start.unfinished-2");
        run.createTrial(FIRST).writeTrial(trial(FIRST, START, new TrialOutcome.Measured()));

        assertThat(run.trialRecords()).hasSize(1);
        assertThat(run.trials())
                .extracting(TrialDirectory::name)
                .containsExactly("01-start", "01-start.unfinished", "01-start.unfinished-2")
                .filteredOn(RunDirectory::isSetAside)
                .hasSize(2);
        assertThat(run.path().resolve("trials/01-start.unfinished-2/unfinished-trial.json"))
                .as("what was known of it stays")
                .exists();
    }

    @Test
    void trialsComeInTheOrderOfTheirBeginningAndThoseCutShortLast() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        TrialId second = new TrialId(TrialKind.STEADY, 1, "after", 1);
        TrialId cutShort = new TrialId(TrialKind.STEADY, 1, "a-last", 1);
        run.createTrial(cutShort);
        run.createTrial(second)
                .writeTrial(trial(second, START.plusMillis(1500), new TrialOutcome.Failed(List.of("no READY line"))));
        run.createTrial(FIRST).writeTrial(trial(FIRST, START.plusSeconds(1), new TrialOutcome.Measured()));

        assertThat(run.trials()).extracting(TrialDirectory::name).containsExactly("01-start", "01-after", "01-a-last");
        assertThat(run.trialRecords()).hasSize(2);
    }

    @Test
    void noTemporaryFileStays() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        run.writeManifest(manifest());
        try (var files = Files.list(run.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "trials");
        }
    }

    @Test
    void aDirectoryWithoutManifestIsNoRun() {
        assertThatThrownBy(() -> RunDirectory.open(runs))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage(runs + ": is not a run directory: it has no manifest.json");
        assertThatThrownBy(() -> RunDirectory.open(runs.resolve("none")))
                .hasMessage(runs.resolve("none") + ": no such run directory");
    }

    @Test
    void aManifestFromBeforeLaunchPairsHasNone() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        Path file = run.path().resolve("manifest.json");
        String written = Files.readString(file);
        Files.writeString(
                file,
                written.replaceFirst("\"schemaVersion\" : 2", "\"schemaVersion\" : 1")
                        .replaceFirst(",\\s*\"duet\" : null", ""));
        assertThat(Files.readString(file)).doesNotContain("duet");
        assertThat(RunDirectory.open(run.path()).manifest().experiment().duet()).isNull();
    }

    @Test
    void launchPairsAndTrialsAreKeptApart() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        PairId id = new PairId(1, "start", "best", 1);
        PairDirectory pair = run.createPair(id);
        PairSide side = new PairSide("start", List.of("java"), null, null, null, null);
        PairRecord kept = new PairRecord(
                PairRecord.SCHEMA_VERSION,
                id,
                new TrialOutcome.Failed(List.of("no")),
                START.toString(),
                PairRecord.Order.CANDIDATE_FIRST,
                side,
                side,
                List.of(),
                List.of(),
                Map.of("baseline/relay.log", "log of the relay"));
        pair.writePair(kept);
        assertThat(id.again().directoryName()).isEqualTo("pair-01-start-best.2");
        assertThat(run.trials()).isEmpty();
        assertThat(run.pairs())
                .singleElement()
                .satisfies(one -> assertThat(one.record()).contains(kept));
        assertThat(pair.path().resolve("relay-b")).isDirectory();
    }

    @Test
    void aLaterSchemaIsRefusedWithWhatToDo() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        Path manifest = run.path().resolve("manifest.json");
        Files.writeString(manifest, "{\"schemaVersion\": 7}");
        assertThatThrownBy(() -> RunDirectory.open(run.path()).manifest())
                .hasMessage(manifest + ": has schema version 7, and this phasebench reads up to 2: "
                        + "use the phasebench that wrote it, or a newer one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"schemaVersion\": 1", "[]", "{}", "{\"schemaVersion\": 1}", "null", "\0\0\0"})
    void aBrokenFileIsNamed(String content) throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest());
        TrialDirectory trial = run.createTrial(FIRST);
        Files.writeString(trial.recordFile(), content);
        assertThatThrownBy(run::trials)
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageStartingWith(trial.recordFile() + ": ");
    }

    @Test
    void aNumberThatIsMissingIsNotAZero() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        TrialDirectory trial = run.createTrial(FIRST);
        trial.writeTrial(trial(FIRST, START, new TrialOutcome.Measured()));
        String text = Files.readString(trial.recordFile());
        Files.writeString(trial.recordFile(), text.replaceFirst("\"cpuNs\" : \\d+,", ""));
        assertThatThrownBy(trial::record)
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining("cpuNs");
    }

    @Test
    void theSameTrialHasOneFolder() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        TrialDirectory trial = run.createTrial(FIRST);
        assertThatThrownBy(() -> run.createTrial(FIRST)).isInstanceOf(IOException.class);
        TrialRecord other = trial(new TrialId(TrialKind.STEADY, 2, "start", 1), START, new TrialOutcome.Measured());
        assertThatThrownBy(() -> trial.writeTrial(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "/etc/passwd", "a/b", ".hidden", "a\\b"})
    void aFileOfATrialLiesInItsFolder(String name) throws IOException {
        TrialDirectory trial = RunDirectory.create(runs, "first", START).createTrial(FIRST);
        assertThatThrownBy(() -> trial.file(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RunManifest manifest() {
        Scenario scenario = new Scenario(
                "two",
                "one of each",
                List.of(
                        new StreamSpec("a", new MediaSource.Clip("testcard", 30), Transport.TCP),
                        new StreamSpec("b", new MediaSource.Synthetic(30, 8, 1188), Transport.UDP, AudioSpec.DEFAULT)),
                new ViewerLoad(10, 0.1, 0.2),
                new Drive.Closed(2),
                new TrialTiming(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1)));
        Variant start = new Variant("start", "as it is", Map.of("srtp", "aes-gcm"), List.of("-Xmx1g"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("kernel", "6.18");
        environment.put("cpu", "two of them");
        environment.put("JDK", "25");
        return new RunManifest(
                RunManifest.SCHEMA_VERSION,
                "20261122-174501-first",
                START.toString(),
                List.of("scripts/phasebench", "run"),
                new ExperimentSpec("first", "d", scenario, "start", List.of(start), 4, true, Long.MAX_VALUE, 3),
                List.of("01-start"),
                environment,
                List.of("no PMU"));
    }

    private static TrialRecord trial(TrialId id, Instant startedAt, TrialOutcome outcome) {
        ProcessReading reading = new ProcessReading(
                1,
                2,
                List.of(new ThreadRoleReading("gc", 1, 2, 3)),
                4,
                5,
                6,
                7,
                8,
                9,
                Map.of("relay_sessions", 10.0, "relay_drops_total{reason=\"a\"}", 0.5),
                Map.of("sun.threads.total_gc_cpu_time", Long.MAX_VALUE));
        return new TrialRecord(
                1, id, outcome, startedAt.toString(), List.of("java"), null, reading, reading, null, null, Map.of());
    }
}
