package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.machine.EnvironmentProbe;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.ScenarioFileException;

/// `phasebench gate` as a process, over run directories with twelve launch pairs of a known ratio: it fails closed.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class GateCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PAIRS = 12;

    @TempDir
    private Path folder;

    private Path home = Path.of("");
    private Path output = Path.of("");
    private Path policy = Path.of("");

    @BeforeEach
    void makeAProjectFolder() throws IOException {
        home = folder.resolve("home");
        output = folder.resolve("output.txt");
        Path jar = home.resolve("relay-under-test/target/relay/relay.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(ScriptedRelay.jar(folder), jar);
        Path scenarios = Files.createDirectories(home.resolve("scenarios"));
        for (String name : List.of("two-builds.yaml", "gate-pull-request.yaml")) {
            Files.copy(Path.of("../scenarios").resolve(name), scenarios.resolve(name));
        }
        policy = scenarios.resolve("gate-pull-request.yaml");
    }

    @ParameterizedTest
    @CsvSource({"1.00, 0, passed", "0.90, 0, passed", "1.03, 1, 'stopped, a metric regressed'"})
    void theExitCodeSaysWhatTheEvidenceSays(double ratio, int exitCode, String headline) throws Exception {
        Path run = stored(ratio, new TrialOutcome.Measured(), Map.of());

        Said said = gate("--experiment", run.toString());

        assertThat(said.text()).contains("gate gate-pull-request: " + headline);
        assertThat(said.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aRegressionIsNamedInEveryFormThatCiReads() throws Exception {
        Path run = stored(1.03, new TrialOutcome.Measured(), Map.of());
        Path junit = folder.resolve("ci/gate.xml");
        Path markdown = folder.resolve("ci/gate.md");

        Said said = gate(
                "--experiment",
                run.toString(),
                "--junit",
                junit.toString(),
                "--markdown",
                markdown.toString(),
                "--annotations");

        assertThat(said.text()).contains("::error title=phasebench%3A head%2C cpuNsPerPacket regressed::");
        assertThat(Files.readString(junit))
                .contains("failures=\"1\"", "classname=\"phasebench.gate-pull-request.head\"", "cpuNsPerPacket");
        assertThat(Files.readString(markdown)).contains("| head | cpuNsPerPacket | **regressed** |");
        assertThat(Files.readString(run.resolve("gate.json"))).contains("\"result\" : \"REGRESSED\"");
    }

    /// Each kind of missing or wrong evidence has its own message, and never exit code 0.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no run at all        | 64 | no such run directory
            no manifest          | 64 | is not a run directory: it has no manifest.json
            truncated manifest   | 64 | manifest.json: line
            truncated pair       | 64 | pair.json: line
            NaN                  | 64 | pair.json: line
            other schema version | 64 | has schema version 99, and this phasebench reads up to
            no schema version    | 64 | has no schemaVersion
            empty run            | 3  | the run is empty: no trial and no launch pair was ended
            no valid pair        | 3  | No pair of base and head counts. 12 of 12 were invalid (the first: machine disturbed: others used 31.0 % of the relay's core): not measurable now.
            cut short            | 3  | the run was cut short: 2 of 12 planned trials or launch pairs have not ended
            other host           | 3  | the run was measured on another host (CPU: Other 9000,
            unknown host         | 3  | the run was measured on another host (CPU: unknown,
            NaN in quotes        | 3  | No pair of base and head counts.
            other baseline       | 3  | the baseline 'base' that it was measured against is no variant of this run
            """)
    void missingEvidenceNeverPasses(String what, int exitCode, String message) throws Exception {
        Path junit = folder.resolve("gate.xml");

        Said said = gate("--experiment", flawed(what).toString(), "--junit", junit.toString());

        assertThat(said.text()).contains(message);
        assertThat(said.exitCode()).isEqualTo(exitCode);
        assertThat(Files.readString(junit)).contains("errors=\"1\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metric: cpuNsPerPacket  | metric: speed        | 64 | key 'rules[0].metric': value 'speed' is unknown; allowed: cpuNsPerPacket, heapLiveBytesPerViewer, goroutineEquivalentsPerViewer
            pairsMin: 10            | pairsMin: 13         | 2  | Only 12 of the 13 that the policy asks for
            metric: cpuNsPerPacket  | metric: heapLiveBytesPerViewer | 3 | launch pairs measure CPU only
            pairsMin: 10            | variants: [tail]     | 3  | variant 'tail' of the policy is not in this run, which has base, head
            """)
    void aPolicyThatTheRunCannotAnswerNeverPasses(String from, String to, int exitCode, String message)
            throws Exception {
        Files.writeString(policy, Files.readString(policy).replace(from, to));
        Path run = stored(1.0, new TrialOutcome.Measured(), Map.of());

        Said said = gate("--experiment", run.toString());

        assertThat(said.text()).contains(message);
        assertThat(said.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void anotherHostsRunIsJudgedWhereTheUserSaysSo() throws Exception {
        assertThat(gate("--experiment", flawed("other host").toString(), "--any-host")
                        .exitCode())
                .isZero();
    }

    @Test
    void aPolicyThatIsNotThereIsUsage() throws Exception {
        Said said = run("gate", "--policy", "nosuch", "--experiment", "x");

        assertThat(said.exitCode()).isEqualTo(64);
        assertThat(said.text())
                .contains(
                        "value 'nosuch' is neither a file nor the name of a shipped gate; allowed: [gate-pull-request]");
    }

    @Test
    void tooFewPlannedPairsAreRefusedBeforeTheFirst() throws Exception {
        Said said = gate("--pairs", "3");

        assertThat(said.exitCode()).isEqualTo(64);
        assertThat(said.text()).contains("plans 3 launch pairs or rounds, and policy gate-pull-request asks for 10");
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void anExperimentThatTakesTooLongDoesNotPass() throws Exception {
        Files.writeString(policy, Files.readString(policy).replace("timeout: 60m", "timeout: 3s"));

        Said said = gate();

        assertThat(said.text()).contains("the policy's timeout of 3 s was over before the experiment was");
        assertThat(said.exitCode()).isEqualTo(3);
    }

    /// An experiment confines this process to the load's cores, and that must not make it another host.
    @Test
    void whatTheGateHasMeasuredItselfIsOfThisHost() throws Exception {
        shorten(home.resolve("scenarios/two-builds.yaml"), 2);
        Files.writeString(policy, Files.readString(policy).replace("pairsMin: 10", "pairsMin: 2"));

        Said said = gate();

        assertThat(said.text()).contains("gate gate-pull-request: ").doesNotContain("another host");
    }

    @Test
    void aRevisionThatIsNotThereIsNamed() throws Exception {
        Said said = gate("--build", "base=revision:nosuch");

        assertThat(said.exitCode()).isEqualTo(4);
        assertThat(said.text()).contains("variant base: git rev-parse");
    }

    @ParameterizedTest
    @CsvSource({
        "base=jar:/nowhere/relay.jar, 4, variant base: there is no relay's jar at /nowhere/relay.jar",
        "base=somewhere, 64, --build: value 'somewhere' is no build; allowed: project",
        "tail=project, 64, '--build: value ''tail'' is no variant; allowed: base, head'"
    })
    void aBuildThatCannotBeRunIsRefused(String build, int exitCode, String message) throws Exception {
        Said said = gate("--build", build);

        assertThat(said.text()).contains(message);
        assertThat(said.exitCode()).isEqualTo(exitCode);
    }

    /// Maven is a script here, which takes what a revision's file names for the relay.
    @Test
    void eachRevisionIsBuiltOnceAndTheManifestTellsWhichCommitRan() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path maven = Files.writeString(tools.resolve("mvn"), """
                #!/bin/sh
                echo built >> %s
                mkdir -p relay-under-test/target/relay
                cp %s relay-under-test/target/relay/relay.jar
                """.formatted(
                        folder.resolve("builds.txt"), home.resolve("relay-under-test/target/relay/relay.jar")));
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        git("init", "--quiet");
        Files.writeString(home.resolve("version"), "1");
        git("add", "version");
        git("commit", "--quiet", "--message", "one");
        Files.writeString(home.resolve("version"), "2");
        git("commit", "--quiet", "--all", "--message", "two");
        shorten(home.resolve("scenarios/two-builds.yaml"), 1);
        String[] arguments = {
            "run", "two-builds", "--pairs", "1", "--build", "base=revision:HEAD~1", "--build", "head=revision:HEAD"
        };

        Said first = run(arguments);
        Said second = run(arguments);

        assertThat(first.text())
                .contains("building the relay of revision HEAD~1 (", "building the relay of revision HEAD (");
        assertThat(second.text()).doesNotContain("building the relay");
        assertThat(folder.resolve("builds.txt")).content().isEqualTo("built\nbuilt\n");
        try (Stream<Path> runs = Files.list(home.resolve("runs"))) {
            assertThat(runs.toList())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(RunDirectory.open(run)
                                    .manifest()
                                    .environment()
                                    .get("relay of base"))
                            .matches("revision:HEAD~1 \\(commit [0-9a-f]{40}\\), jar of SHA-256 [0-9a-f]{64}"));
        }
        assertThat(gitOutput("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void aRevisionThatDoesNotBuildEndsWithTheBuildsOwnWords() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path maven = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho cannot find symbol\nexit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        git("init", "--quiet");
        git("commit", "--quiet", "--allow-empty", "--message", "one");

        Said said = gate("--build", "base=revision:HEAD");

        assertThat(said.exitCode()).isEqualTo(70);
        assertThat(said.text()).contains("does not build; its log ends with:", "cannot find symbol");
    }

    private static void shorten(Path experiment, int pairs) throws IOException {
        Files.writeString(
                experiment,
                Files.readString(experiment)
                        .replaceFirst("count: 50", "count: 2")
                        .replaceFirst("timing: .*", "timing: {ramp: 0s, warmUp: 0s, window: 1s, drain: 0s}")
                        .replaceFirst("duet: .*", "duet: {pairs: %d, windows: 1, warmUpMax: 0s}".formatted(pairs))
                        .replaceFirst("repeatsMax: 4", "repeatsMax: 0"));
    }

    private void git(String... arguments) throws Exception {
        gitOutput(arguments);
    }

    private String gitOutput(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", home.toString(), "-c", "user.name=test", "-c", "user.email=test@localhost"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("git.txt");
        Process git = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(git.waitFor()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    /// What cannot be judged, made from a run that would pass.
    private Path flawed(String what) throws IOException, ScenarioFileException {
        if (what.equals("no run at all")) {
            return folder.resolve("nowhere");
        }
        TrialOutcome outcome = what.equals("no valid pair")
                ? new TrialOutcome.Invalid(List.of("machine disturbed: others used 31.0 % of the relay's core"))
                : new TrialOutcome.Measured();
        Map<String, String> host = what.equals("other host") ? Map.of("CPU", "Other 9000") : Map.of();
        Path run = stored(1.0, outcome, host);
        Path manifest = run.resolve("manifest.json");
        Path pair = run.resolve("trials/pair-01-base-head/pair.json");
        switch (what) {
            case "no manifest" -> Files.delete(manifest);
            case "truncated manifest" -> truncate(manifest);
            case "truncated pair" -> truncate(pair);
            case "NaN" ->
                edit(pair, "\"relay_rtp_packets_out_total\" : 40000.0", "\"relay_rtp_packets_out_total\" : NaN");
            case "NaN in quotes" ->
                everyPair(
                        run, "\"relay_rtp_packets_out_total\" : 40000.0", "\"relay_rtp_packets_out_total\" : \"NaN\"");
            case "other schema version" -> edit(manifest, "\"schemaVersion\" : 2", "\"schemaVersion\" : 99");
            case "no schema version" -> edit(pair, "\"schemaVersion\" : 1", "\"version\" : 1");
            case "unknown host" -> edit(manifest, "\"CPU\" :", "\"Processor\" :");
            case "other baseline" -> {
                edit(manifest, "\"baseline\" : \"base\"", "\"baseline\" : \"other\"");
                edit(manifest, "\"id\" : \"base\"", "\"id\" : \"other\"");
            }
            case "empty run" -> deletePairs(run, PAIRS);
            case "cut short" -> deletePairs(run, 2);
            default -> {
                // the outcome or the host is the flaw
            }
        }
        return run;
    }

    private static void truncate(Path file) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    }

    private static void everyPair(Path run, String from, String to) throws IOException {
        for (int number = 1; number <= PAIRS; number++) {
            edit(run.resolve("trials/%s/pair.json".formatted(id(number).directoryName())), from, to);
        }
    }

    private static void deletePairs(Path run, int count) throws IOException {
        for (int number = 1; number <= count; number++) {
            Files.delete(run.resolve("trials/%s/pair.json".formatted(id(number).directoryName())));
        }
    }

    private static PairId id(int number) {
        return new PairId(number, "base", "head", 1);
    }

    private Path stored(double ratio, TrialOutcome outcome, Map<String, String> otherFacts)
            throws IOException, ScenarioFileException {
        RunDirectory run = RunDirectory.create(home.resolve("runs"), "two-builds", Instant.EPOCH);
        CpuTopology topology = CpuTopology.read();
        Map<String, String> environment =
                new LinkedHashMap<>(EnvironmentProbe.read(topology, topology.placement(true)));
        environment.putAll(otherFacts);
        ExperimentSpec spec = ExperimentFile.read(home.resolve("scenarios/two-builds.yaml"));
        run.writeManifest(new RunManifest(
                RunManifest.SCHEMA_VERSION,
                run.id(),
                Instant.EPOCH.toString(),
                List.of("scripts/phasebench", "gate"),
                spec,
                IntStream.rangeClosed(1, PAIRS)
                        .mapToObj(number -> id(number).directoryName())
                        .toList(),
                environment,
                List.of()));
        assertThat(spec.duet()).extracting(DuetSpec::pairs).isEqualTo(PAIRS);
        for (int number = 1; number <= PAIRS; number++) {
            // a spread of 0.5 %, the same in every run
            double noise = 1 + 0.005 * Math.sin(number * 2.4);
            run.createPair(id(number)).writePair(pair(number, ratio * noise, outcome));
        }
        return run.path();
    }

    private static PairRecord pair(int number, double ratio, TrialOutcome outcome) {
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            edges.add(new PairEdge(reading(i, 40_000), reading(i, 40_000 / ratio), 100_000, 100_000, 0));
        }
        PairSide side = new PairSide("base", List.of("java"), null, null, null, null);
        return new PairRecord(
                PairRecord.SCHEMA_VERSION,
                id(number),
                outcome,
                Instant.EPOCH.plusSeconds(number).toString(),
                PairRecord.Order.BASELINE_FIRST,
                side,
                side,
                List.of(),
                edges,
                Map.of());
    }

    private static ProcessReading reading(int second, double packetsPerSecond) {
        return new ProcessReading(
                second * 1_000_000_000L,
                second * 480_000_000L,
                List.of(new ThreadRoleReading("jit", 1, second * 1_000_000L, 0)),
                0,
                0,
                0,
                0,
                second * 980_000_000L,
                0,
                Map.of("relay_rtp_packets_out_total", second * packetsPerSecond),
                Map.of());
    }

    private record Said(int exitCode, String text) {}

    private Said gate(String... more) throws Exception {
        return run(Stream.concat(Stream.of("gate", "--policy", "gate-pull-request"), Stream.of(more))
                .toArray(String[]::new));
    }

    private Said run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dphasebench.home=" + home,
                "-Dphasebench.lock=" + folder.resolve("lock"),
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedHarnessMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", folder.resolve("tools").toString(), (path, tools) -> tools + ":" + path);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE)).isTrue();
        } finally {
            process.destroy();
        }
        return new Said(process.exitValue(), Files.readString(output));
    }
}
