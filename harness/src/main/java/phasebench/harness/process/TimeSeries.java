package phasebench.harness.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A line per second about the relay's process, written as CSV while the window is open. Each look costs the load
/// core some 50 microseconds, and the relay nothing.
public final class TimeSeries implements AutoCloseable {
    /// Name of the file in a trial's folder.
    public static final String FILE = "timeseries.csv";

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ProcessReader reader;
    private final Path file;
    private final Thread sampler;

    private TimeSeries(ProcessReader reader, Path file) {
        this.reader = reader;
        this.file = file;
        this.sampler = Thread.ofPlatform().daemon().name("time-series").start(this::sample);
    }

    /// Begins sampling; closing ends it and completes the file.
    public static TimeSeries start(ProcessReader reader, Path folder) {
        return new TimeSeries(reader, folder.resolve(FILE));
    }

    private void sample() {
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("elapsedNs,cpuNs,rssBytes,threadCount\n");
            long startNs = System.nanoTime();
            for (int second = 0; ; second++) {
                long dueNs = startNs + second * INTERVAL.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - System.nanoTime())));
                ProcessReader.Glance glance = reader.glance();
                csv.write("%d,%d,%d,%d%n"
                        .formatted(
                                System.nanoTime() - startNs, glance.cpuNs(), glance.rssBytes(), glance.threadCount()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (Files.exists(file)) {
                // the relay is gone: the trial finds that out by itself, and what was sampled stays
                return;
            }
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        sampler.interrupt();
        try {
            sampler.join(INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
