package phasebench.harness.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Programs on the PATH.
final class Programs {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Programs() {}

    static Optional<Path> find(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String name : names) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                try {
                    Path candidate = Path.of(folder, name);
                    if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                        return Optional.of(candidate);
                    }
                } catch (InvalidPathException _) {
                    // not a path of this system: look on
                }
            }
        }
        return Optional.empty();
    }

    /// First line that a program prints; empty when it fails or takes longer than five seconds.
    static Optional<String> firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.getInputStream()) {
                process.getOutputStream().close();
                if (!process.waitFor(TIMEOUT)) {
                    return Optional.empty();
                }
                return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
