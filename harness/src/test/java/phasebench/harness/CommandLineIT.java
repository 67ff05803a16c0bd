package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.process.ReadyLine;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.OptimizationPhase;

/// The command line as a process: exit codes, messages, signals.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class CommandLineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path home = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void makeAProjectFolder() throws IOException {
        home = folder.resolve("home");
        output = folder.resolve("output.txt");
        Path jar = home.resolve("relay-under-test/target/relay/relay.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(ScriptedRelay.jar(folder), jar);
        Files.createDirectories(home.resolve("scenarios"));
        for (String name : List.of(
                "smoke.yaml", "phases.yaml", "quick-ladder.yaml", "pair-smoke.yaml", "claims.yaml", "plan-100.yaml")) {
            Files.copy(
                    Path.of("../scenarios").resolve(name),
                    home.resolve("scenarios").resolve(name));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --version              | 0  | phasebench
            run smoke --dry-run    | 0  | 4 trials, 8 JVMs, about
            plan smoke             | 0  | round 1: batch-send, start
            plan phases            | 0  | phase-1, cpu: what the plan says of rtcp-3s makes 20.4 to 20.9 % of a core
            plan quick-ladder      | 0  | claims: CPU -3..-5 % (relative, against parent); RTCP traffic -66 %
            run phases             | 64 | phases.yaml:5: key 'kind': value 'phases' where an experiment is expected
            frobnicate             | 64 | Unmatched argument
            run nosuch             | 64 | neither a file nor the name of a shipped experiment; allowed: [claims, pair-smoke, quick-ladder, smoke]
            plan plan-100          | 0  | 100; steady: all join evenly over the ramp
            plan plan-100 --width 20 | 64 | --width: value '20' is too narrow for a drawing; allowed: a whole number of at least 40
            run plan-100           | 64 | plan-100.yaml:3: key 'kind': value 'scenario' where an experiment is expected
            plan pair-smoke        | 0  | 2 launch pairs, 8 JVMs, about
            plan claims            | 0  | together 586 JVMs, about
            plan pair-smoke --pairs 5 | 0 | pair-05-start-batch-send
            plan pair-smoke --rounds 5 | 64 | experiment pair-smoke has launch pairs; allowed: --pairs
            plan smoke --pairs 5   | 64 | experiment smoke has no launch pairs; allowed: --rounds
            run smoke --rounds x   | 64 | 'x' is not an int
            run smoke --rounds 0   | 64 | rounds is not within 1..1000: 0
            run smoke --variants z | 64 | value 'z' is no variant of smoke; allowed: [start, batch-send]
            run smoke --variants batch-send | 64 | the baseline 'start' has to be among
            report /nowhere        | 64 | no such run directory
            relay --config /nowhere | 64 | value '/nowhere' is not a file
            """)
    void everyKindOfCommandLineHasItsExitCode(String arguments, int exitCode, String message) throws Exception {
        Process process = start(arguments.split(" ", -1));

        assertThat(process.waitFor(PATIENCE)).isTrue();

        assertThat(Files.readString(output)).contains(message);
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }

    @Test
    void aBadFileIsRefusedWithFileLineKeyAndWhatIsAllowed() throws Exception {
        Path file = home.resolve("scenarios/bad.yaml");
        Files.writeString(
                file, Files.readString(home.resolve("scenarios/smoke.yaml")).replace("rounds: 2", "rounds: -2"));

        Process process = start("run", file.toString());

        assertThat(process.waitFor(PATIENCE)).isTrue();
        assertThat(process.exitValue()).isEqualTo(64);
        assertThat(Files.readString(output)).containsPattern("bad\\.yaml:\\d+: key 'rounds': value '-2'.*allowed: ");
    }

    @Test
    void aLadderLeavesItsPhasesInTheRunDirectory() throws Exception {
        Process process = start("run", "quick-ladder", "--rounds", "1", "--variants", "start,rtcp-3s");

        assertThat(process.waitFor(PATIENCE)).isTrue();

        // the scripted load's window is too short for the scenario, so no trial counts; the settings arrived all the
        // same
        assertThat(Files.readString(output)).doesNotContain("the relay does not run what the variant asks for");
        RunDirectory run = RunDirectory.open(onlyRun());
        assertThat(run.phases().orElseThrow().phases())
                .extracting(OptimizationPhase::id)
                .containsExactly("no-nack", "no-mdns", "rtcp-3s");
        assertThat(run.path().resolve("trials/01-rtcp-3s/relay.yaml"))
                .content()
                .contains("profile: mtx-2025\nnack: off\nmdns: off\nrtcpInterval: 3s\n");
    }

    @Test
    void aMissingRelayIsAMachineThatCannotRunIt() throws Exception {
        Files.delete(home.resolve("relay-under-test/target/relay/relay.jar"));

        Process process = start("run", "smoke");

        assertThat(process.waitFor(PATIENCE)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
        assertThat(Files.readString(output))
                .contains("this machine cannot run the experiment", "the relay is not built");
    }

    @ParameterizedTest
    @CsvSource({"-INT", "-TERM"})
    void aSignalEndsTheChildrenKeepsWhatWasMeasuredAndExitsWith130(String signal) throws Exception {
        Process process = start("run", "smoke");
        ProcessHandle relay = awaitRelay();

        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(PATIENCE)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(relay.isAlive()).isFalse();
        assertThat(Files.readString(output)).contains("interrupted; what was measured is in");
        RunDirectory run = RunDirectory.open(onlyRun());
        assertThat(run.trialRecords())
                .last()
                .satisfies(trial -> assertThat(trial.outcome())
                        .isEqualTo(new TrialOutcome.Failed(List.of("interrupted by the user"))));
    }

    @Test
    void aSignalEndsALaunchPairTheSameWay() throws Exception {
        Process process = start("run", "pair-smoke");
        ProcessHandle relay = awaitRelay();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(PATIENCE)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(relay.isAlive()).isFalse();
        assertThat(RunDirectory.open(onlyRun())
                        .pairs()
                        .getFirst()
                        .record()
                        .orElseThrow()
                        .outcome())
                .isEqualTo(new TrialOutcome.Failed(List.of("interrupted by the user")));
    }

    @Test
    void aSignalDoesTheSameOnATerminal() throws Exception {
        // script(1) of util-linux gives the command a terminal of its own, and keeps the command's exit code
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        Process script = new ProcessBuilder("script", "-qec", String.join(" ", command("run", "smoke")), "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ProcessHandle relay = awaitRelay();
        // the harness is the relay's parent: setsid, setpriv and taskset exec each other
        ProcessHandle harness = relay.parent().orElseThrow();

        new ProcessBuilder("kill", "-INT", Long.toString(harness.pid())).start().waitFor();

        assertThat(script.waitFor(PATIENCE)).isTrue();
        assertThat(script.exitValue()).isEqualTo(130);
        assertThat(relay.isAlive()).isFalse();
        assertThat(Files.readString(output)).contains("trial 1 of 4", "interrupted; what was measured is in");
    }

    @Test
    void aKilledHarnessLeavesNoRelayBehind() throws Exception {
        Process process = start("run", "smoke");
        ProcessHandle relay = awaitRelay();

        process.destroyForcibly();

        assertThat(relay.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private List<String> command(String... arguments) {
        // a shell's background job ignores SIGINT, and so would all that it starts
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dphasebench.home=" + home,
                "-Dphasebench.lock=" + folder.resolve("lock"),
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedHarnessMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessHandle awaitRelay() throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNs) {
            if (Files.isDirectory(home.resolve("runs"))) {
                try (Stream<Path> files = Files.walk(home.resolve("runs"))) {
                    for (Path file :
                            files.filter(path -> path.endsWith("relay.out")).toList()) {
                        var ready = Files.readString(file).lines().flatMap(line -> ReadyLine.parse(line).stream());
                        var pid = ready.map(ReadyLine::pid).findFirst();
                        if (pid.isPresent()) {
                            return ProcessHandle.of(pid.get()).orElseThrow();
                        }
                    }
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no relay came up: " + Files.readString(output));
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(home.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }
}
