package phasebench.harness.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Keeps what a process prints, up to a bound, and hands each line on; a process that floods is drained, never
/// blocked.
final class ProcessLog {
    /// Enough for any honest log of a trial.
    static final int CHARS_MAX = 2_000_000;

    /// Longest line that is looked at; a longer one is cut.
    static final int LINE_CHARS_MAX = 10_000;

    private final Path file;

    ProcessLog(Path file) {
        this.file = file;
    }

    /// Reads to the end of the stream on a thread of its own: a platform thread, since a read of a pipe holds a virtual
    /// thread's carrier, and those of two relays left none for anybody else.
    Thread drain(BufferedReader source, Consumer<String> onLine) {
        return Thread.ofPlatform().daemon().name("drain-" + file.getFileName()).start(() -> {
            try (source;
                    Writer log = Files.newBufferedWriter(file)) {
                copy(source, log, onLine);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot keep the log " + file, e);
            }
        });
    }

    private static void copy(BufferedReader source, Writer log, Consumer<String> onLine) throws IOException {
        StringBuilder line = new StringBuilder();
        long charsKept = 0;
        for (int c = source.read(); c >= 0; c = source.read()) {
            if (charsKept < CHARS_MAX) {
                log.write(c);
                if (++charsKept == CHARS_MAX) {
                    log.write("\n[phasebench: more was printed than is kept]\n");
                }
            }
            if (c == '\n') {
                onLine.accept(line.toString());
                line.setLength(0);
                log.flush();
            } else if (line.length() < LINE_CHARS_MAX) {
                line.append((char) c);
            }
        }
    }

    /// The last lines of a log, for a message; empty when there is none.
    static String tail(Path file, int lineCount) {
        try (var lines = Files.lines(file)) {
            var kept = new java.util.ArrayDeque<String>();
            lines.forEach(line -> {
                kept.addLast(line);
                if (kept.size() > lineCount) {
                    kept.removeFirst();
                }
            });
            return String.join(System.lineSeparator(), kept);
        } catch (IOException | UncheckedIOException _) {
            return "";
        }
    }
}
