package phasebench.harness.micro;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// JMH's process, which starts a JVM for each fork of each benchmark.
public final class JmhProcess implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final String PROGRESS = "# Run progress: ";

    private final Process process;
    private final Thread output;

    private JmhProcess(Process process, Path log, PrintStream progress) {
        this.process = process;
        this.output = Thread.ofVirtual().start(() -> pump(process, log, progress));
    }

    /// @param log gets all that JMH says
    /// @param progress gets how far it is
    public static JmhProcess start(List<String> command, Path log, PrintStream progress) throws IOException {
        return new JmhProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), log, progress);
    }

    /// Waits for the end, however long it takes.
    ///
    /// @return exit code
    public int await() throws InterruptedException {
        int code = process.waitFor();
        output.join();
        return code;
    }

    /// Ends it and the JVMs that it has started.
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(STOP_TIMEOUT)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static void pump(Process process, Path log, PrintStream progress) {
        try (BufferedReader lines = process.inputReader();
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                if (line.startsWith(PROGRESS)) {
                    progress.println(line.substring(PROGRESS.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
