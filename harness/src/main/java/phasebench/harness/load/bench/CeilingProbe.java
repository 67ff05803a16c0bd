package phasebench.harness.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.JsonFile;

/// Measures what the load generator can receive, in a process of its own where the generator will run: about two and a
/// half seconds on a quiet machine, never more than fifteen.
///
/// @param launcherPrefix what starts a generator's JVM, such as `setsid taskset --cpu-list 1`
public record CeilingProbe(List<String> launcherPrefix, Path javaHome) {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int LINES_NAMED_MAX = 3;

    public CeilingProbe {
        launcherPrefix = List.copyOf(launcherPrefix);
    }

    /// @param threads receiving threads that can run at a time
    /// @param packetsPerSecondWanted what the scenario sends to viewers that read
    /// @throws CeilingException if the process failed, said nothing that can be read, or took too long
    public CeilingEvidence measure(int threads, double packetsPerSecondWanted)
            throws CeilingException, InterruptedException {
        CeilingReading reading = read();
        return new CeilingEvidence(
                CeilingEvidence.SCHEMA_VERSION,
                reading.engine(),
                reading.viewers(),
                reading.cpuNsPerPacket(),
                reading.packetsMissing(),
                reading.complaint(),
                threads,
                packetsPerSecondWanted);
    }

    private CeilingReading read() throws CeilingException, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("phasebench-ceiling");
            Path out = folder.resolve("out.json");
            Path err = folder.resolve("err.txt");
            try {
                run(out, err);
                return JsonFile.read(out, CeilingReading.class, CeilingReading.SCHEMA_VERSION);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new CeilingException("the load generator's ceiling was not measured: " + e.getMessage(), e);
        }
    }

    private void run(Path out, Path err) throws IOException, CeilingException, InterruptedException {
        Process process = new ProcessBuilder(command())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT)) {
                throw new CeilingException("the load generator's ceiling was not measured: it took more than "
                        + TIMEOUT.toSeconds() + " s");
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(err).lines().limit(LINES_NAMED_MAX).reduce("", (a, b) -> a + " " + b);
            throw new CeilingException("the load generator's ceiling was not measured: its process ended with %d:%s"
                    .formatted(process.exitValue(), said));
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(launcherPrefix);
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(List.of(
                "-Xms256m",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                // the JVM's warnings must not stand before the document
                "-XX:+DisplayVMOutputToStderr",
                "-cp",
                System.getProperty("java.class.path"),
                CeilingMain.class.getName()));
        return command;
    }
}
