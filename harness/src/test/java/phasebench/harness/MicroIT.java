package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.micro.MicroBenchmark;
import phasebench.reports.micro.MicroEvidence;
import phasebench.reports.micro.MicroPhase;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.MicroManifest;

/// `phasebench micro` as a process, with the real benchmarks.
@EnabledOnOs(OS.LINUX)
class MicroIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path HOME = Path.of(System.getProperty("phasebench.home"));

    @TempDir
    private Path folder;

    private record Ended(int exitCode, String output) {}

    @Test
    void benchmarksOfAPhaseEndAsJsonManifestAndTable() throws Exception {
        Ended micro = run(HOME, "--phase", "no-copy", "--quick");

        assertThat(micro.output)
                .contains("a viewer's packets from a frame: cut and copied, shared", "CopyBenchmark.heapToNative")
                .doesNotContain("no result", "SendBenchmark");
        assertThat(micro.exitCode).isZero();
        Path run = onlyRun();
        assertThat(run.getFileName().toString()).endsWith("-micro");
        MicroEvidence evidence = MicroEvidence.read(run.resolve("micro.json"));
        assertThat(evidence.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.phase()).isEqualTo(MicroPhase.NO_COPY);
            assertThat(pair.before().cpuNs()).isNotNull();
            assertThat(pair.before().allocatedBytes()).isNotNull();
        });
        var manifest =
                JsonFile.read(run.resolve("micro-manifest.json"), MicroManifest.class, MicroManifest.SCHEMA_VERSION);
        assertThat(manifest.repeatCommand())
                .containsExactly("scripts/phasebench", "micro", "--phase", "no-copy", "--quick");
        assertThat(manifest.jmhCommand()).contains("-XX:+UseSerialGC");
        assertThat(Files.readString(run.resolve("micro.log"))).contains("# JMH version: 1.37");
    }

    @Test
    void everyBenchmarkThatAPhaseNamesExists() throws Exception {
        Process jmh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-jar",
                        new Installation(HOME, Path.of("")).benchmarksJar().toString(),
                        "-lp")
                .redirectErrorStream(true)
                .start();
        String listed = new String(jmh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        for (MicroPhase phase : MicroPhase.values()) {
            phase.pairs()
                    .forEach(pair ->
                            Stream.of(pair.before(), pair.after()).forEach(benchmark -> exists(benchmark, listed)));
        }
    }

    private static void exists(MicroBenchmark benchmark, String listed) {
        int begin = listed.indexOf("." + benchmark.name() + "\n");
        assertThat(begin).as(benchmark.name()).isNotNegative();
        // its parameters follow it, until the next benchmark
        int end = listed.indexOf("\nphasebench.", begin);
        String parameters = listed.substring(begin, end < 0 ? listed.length() : end);
        benchmark
                .parameters()
                .forEach((name, value) ->
                        assertThat(parameters).containsPattern("param \"" + name + "\" = \\{.*\\b" + value + "\\b"));
    }

    @Test
    void resultsGoIntoAnExistingRunButNeverOverOthers() throws Exception {
        Path run = Files.createDirectories(folder.resolve("runs/earlier"));
        Files.writeString(run.resolve("manifest.json"), "{}");
        Files.writeString(run.resolve("micro.json"), "[]");

        Ended refused = run(HOME, "--run", "earlier", "--quick");
        Files.delete(run.resolve("micro.json"));
        Ended taken = run(HOME, "--run", "earlier", "--phase", "no-nack", "--quick");

        assertThat(refused.output).contains("it has results of benchmarks already");
        assertThat(refused.exitCode).isEqualTo(64);
        assertThat(taken.exitCode).isZero();
        assertThat(MicroEvidence.read(run.resolve("micro.json")).pairs()).isNotEmpty();
    }

    @Test
    void anUnknownPhaseIsRefusedWithWhatIsAllowed() throws Exception {
        Ended micro = run(HOME, "--phase", "rtcp-3s");

        assertThat(micro.output).contains("value 'rtcp-3s' is no phase that a benchmark explains; allowed: no-nack, ");
        assertThat(micro.exitCode).isEqualTo(64);
    }

    @Test
    void missingBenchmarksAreAMachineThatCannotRunThem() throws Exception {
        Ended micro = run(Files.createDirectory(folder.resolve("home")), "--quick");

        assertThat(micro.output).contains("the benchmarks are not built: no ", "; to mend it: mvn package");
        assertThat(micro.exitCode).isEqualTo(4);
    }

    @Test
    void theListNeedsNoBenchmarks() throws Exception {
        Ended micro = run(Files.createDirectory(folder.resolve("home")), "--list", "--phase", "gso-send");

        assertThat(micro.output)
                .contains("gso-send", "SendBenchmark.send (send=BATCH)", "SendBenchmark.send (send=GSO)");
        assertThat(micro.exitCode).isZero();
    }

    private Ended run(Path home, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dphasebench.home=" + home,
                "-Dphasebench.lock=" + folder.resolve("lock"),
                "-cp",
                System.getProperty("java.class.path"),
                HarnessMain.class.getName(),
                "micro",
                "--runs",
                folder.resolve("runs").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }
}
