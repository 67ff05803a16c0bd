package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// The command line as processes, in a project folder of its own with a scripted relay and a scripted load.
final class HarnessProcess {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Path home;
    private final Pinning pinning;

    /// Whether relay and load get cores of their own. Without, a busy machine makes no trial invalid.
    enum Pinning {
        APART,
        NONE
    }

    HarnessProcess(Path folder, Pinning pinning) throws IOException {
        this.folder = folder;
        this.pinning = pinning;
        this.home = folder.resolve("home");
        Path jar = relayJar();
        Files.createDirectories(jar.getParent());
        Files.copy(ScriptedRelay.jar(folder), jar);
        Files.createDirectories(home.resolve("scenarios"));
    }

    Path relayJar() {
        return home.resolve("relay-under-test/target/relay/relay.jar");
    }

    Path runs() {
        return home.resolve("runs");
    }

    /// A file among the shipped ones.
    void scenario(String name, String text) throws IOException {
        Files.writeString(home.resolve("scenarios").resolve(name + ".yaml"), text);
    }

    Process start(String... arguments) throws IOException {
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
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        if (pinning == Pinning.NONE) {
            builder.environment().put("PATH", programsWithoutTaskset().toString());
        }
        return builder.start();
    }

    /// setpriv stays, so that a harness that is killed leaves no relay behind.
    private Path programsWithoutTaskset() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : List.of("setsid", "setpriv")) {
            Path program = programs.resolve(name);
            Files.writeString(program, "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(name));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return programs;
    }

    /// Runs to the end.
    ///
    /// @return exit code
    int run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try {
            if (!process.waitFor(PATIENCE)) {
                throw new AssertionError("does not end: " + said());
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /// What the newest process has said so far.
    String said() throws IOException {
        return Files.exists(output()) ? Files.readString(output()) : "";
    }

    void await(BooleanSupplier condition) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("waited in vain: " + said());
            }
            Thread.sleep(50);
        }
    }

    /// Run directories, by name; the folder of what is known of the machine is none.
    List<Path> runDirectories() {
        if (!Files.isDirectory(runs())) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(runs())) {
            return found.filter(path -> !path.endsWith("noise")).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Files of that name below the runs.
    long count(String fileName) {
        if (!Files.isDirectory(runs())) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(runs())) {
            return files.filter(path -> path.endsWith(fileName)).count();
        } catch (IOException | java.io.UncheckedIOException _) {
            // a folder was renamed under way: the next look sees it
            return 0;
        }
    }

    private Path output() {
        return folder.resolve("output.txt");
    }
}
