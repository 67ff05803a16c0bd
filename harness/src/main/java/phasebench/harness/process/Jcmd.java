package phasebench.harness.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The JDK's `jcmd` on one JVM. It costs the JVM a safepoint and a thread: outside the window only.
public final class Jcmd {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path javaHome;
    private final long pid;

    public Jcmd(Path javaHome, long pid) {
        this.javaHome = javaHome;
        this.pid = pid;
    }

    /// What the command printed.
    ///
    /// @throws RelayException if the JVM does not answer within half a minute or jcmd reports a failure
    public String run(String... command) throws RelayException, InterruptedException {
        return start(String.join(" ", command), command);
    }

    /// What several commands printed, one after the other; cheaper than one start of jcmd for each.
    ///
    /// @param script file that the commands are written to
    public String runAll(Path script, String... commands) throws RelayException, InterruptedException {
        try {
            Files.write(script, List.of(commands));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(String.join("; ", commands), "-f", script.toAbsolutePath().toString());
    }

    private String start(String what, String... arguments) throws RelayException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(javaHome.resolve("bin/jcmd").toString(), Long.toString(pid)));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            try {
                return await(process, what);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new RelayException("cannot run " + String.join(" ", line) + ": " + e.getMessage(), e);
        }
    }

    private static String await(Process process, String command)
            throws RelayException, IOException, InterruptedException {
        StringBuilder output = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (var in = process.getInputStream()) {
                output.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException _) {
                // the process was ended; what it said before is not needed
            }
        });
        if (!process.waitFor(TIMEOUT)) {
            throw new RelayException("jcmd " + command + " gave no answer within " + TIMEOUT.toSeconds() + " s");
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new RelayException(
                    "jcmd " + command + " failed: " + output.toString().strip());
        }
        return output.toString();
    }
}
