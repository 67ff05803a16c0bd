package phasebench.harness.floor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import phasebench.harness.floor.IntrinsicsBench.Times;
import phasebench.harness.machine.CpuFlags;
import phasebench.harness.machine.Libcrypto;
import phasebench.harness.process.JvmCommand;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.IntrinsicsEvidence;
import phasebench.reports.rundir.JsonFile;

/// Measures the floor in processes of their own, where and with the flags that a relay will have: about ten
/// seconds on a quiet machine, never more than a minute.
public final class FloorProbe {
    private static final Duration FLOOR_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration INTRINSICS_TIMEOUT = Duration.ofSeconds(15);

    private final Place place;
    private final Effort effort;

    /// Where to measure.
    ///
    /// @param launcherPrefix what starts a relay's JVM, such as `setsid taskset --cpu-list 0`
    /// @param cores that the JVM believes to have
    public record Place(List<String> launcherPrefix, Path javaHome, int cores) {
        public Place {
            launcherPrefix = List.copyOf(launcherPrefix);
        }
    }

    /// How much to measure.
    ///
    /// @param protectorRounds of 1600 packets to warm the JDK's ciphers with
    /// @param rounds at most; a slow machine gets fewer
    /// @param intrinsicsWarmUp at most, in each of two JVMs
    public record Effort(int protectorRounds, int rounds, Duration intrinsicsWarmUp, int intrinsicsRounds) {
        public static final Effort DEFAULT = new Effort(
                FloorBench.Limits.DEFAULT.protectorRounds(),
                FloorBench.Limits.DEFAULT.roundsMax(),
                Duration.ofMillis(900),
                15);
    }

    public FloorProbe(Place place, Effort effort) {
        this.place = place;
        this.effort = effort;
    }

    /// The floor with intrinsics.
    ///
    /// @throws FloorException if a process failed, said nothing that can be read, or took too long
    public FloorEvidence measure() throws FloorException, InterruptedException {
        FloorEvidence floor = run(
                FLOOR_TIMEOUT,
                FloorEvidence.class,
                List.of(),
                FloorMain.FLOOR,
                String.valueOf(effort.protectorRounds),
                String.valueOf(effort.rounds));
        return floor.with(intrinsics());
    }

    private IntrinsicsEvidence intrinsics() throws FloorException, InterruptedException {
        Times on = times(List.of());
        Times off = times(IntrinsicsBench.OFF);
        return new IntrinsicsEvidence(
                CpuFlags.ofThisMachine(),
                on.jvmFlags(),
                Arrays.stream(IntrinsicsBench.Part.values())
                        .map(part -> part(part, on, off))
                        .toList());
    }

    private static IntrinsicsEvidence.Part part(IntrinsicsBench.Part part, Times on, Times off) {
        return new IntrinsicsEvidence.Part(
                part.text(),
                Objects.requireNonNull(on.cpuNsPerPacketMin().get(part.text())),
                Objects.requireNonNull(off.cpuNsPerPacketMin().get(part.text())),
                part.slowdownMin());
    }

    private Times times(List<String> jvmFlags) throws FloorException, InterruptedException {
        return run(
                INTRINSICS_TIMEOUT,
                Times.class,
                jvmFlags,
                FloorMain.INTRINSICS,
                String.valueOf(effort.intrinsicsWarmUp.toMillis()),
                String.valueOf(effort.intrinsicsRounds));
    }

    private <T> T run(Duration timeout, Class<T> type, List<String> jvmFlags, String... arguments)
            throws FloorException, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("phasebench-floor");
            try {
                return run(timeout, type, command(jvmFlags, arguments), folder);
            } finally {
                Files.deleteIfExists(folder.resolve("out.json"));
                Files.deleteIfExists(folder.resolve("err.txt"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new FloorException("the floor was not measured: " + e.getMessage(), e);
        }
    }

    private static <T> T run(Duration timeout, Class<T> type, List<String> command, Path folder)
            throws IOException, FloorException, InterruptedException {
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout)) {
                throw new FloorException("the floor was not measured: it took more than " + timeout.toSeconds() + " s");
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(err).lines().limit(3).reduce("", (a, b) -> a + " " + b);
            throw new FloorException(
                    "the floor was not measured: its process ended with %d:%s".formatted(process.exitValue(), said));
        }
        return JsonFile.read(out, type, FloorEvidence.SCHEMA_VERSION);
    }

    private List<String> command(List<String> jvmFlags, String... arguments) {
        List<String> command = new ArrayList<>(place.launcherPrefix);
        command.add(place.javaHome.resolve("bin/java").toString());
        command.addAll(JvmCommand.sharedFlags(place.cores));
        command.addAll(jvmFlags);
        // the JVM's warnings must not stand before the document
        command.add("-XX:+DisplayVMOutputToStderr");
        String library = System.getProperty(Libcrypto.PROPERTY);
        if (library != null) {
            command.add("-D" + Libcrypto.PROPERTY + "=" + library);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FloorMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
