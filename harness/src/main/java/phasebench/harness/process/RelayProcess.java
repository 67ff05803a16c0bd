package phasebench.harness.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import phasebench.reports.rundir.Artifact;

/// A running relay, started in its trial's folder and ended by its handle.
public final class RelayProcess implements AutoCloseable {
    /// The relay's standard error.
    public static final String LOG_FILE = Artifact.RELAY_LOG.fileName();

    /// The relay's standard output: the READY line and nothing else, if it keeps the contract.
    public static final String OUT_FILE = "relay.out";

    private static final int TAIL_LINES = 12;
    private static final Duration DEATH_GRACE = Duration.ofMillis(500);
    private static final Duration LOG_GRACE = Duration.ofSeconds(2);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    private final Process process;
    private final Path folder;
    private final Duration stopTimeout;
    private final Thread logKeeper;
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();

    private RelayProcess(Process process, Path folder, Duration stopTimeout) {
        this.process = process;
        this.folder = folder;
        this.stopTimeout = stopTimeout;
        new ProcessLog(folder.resolve(OUT_FILE)).drain(process.inputReader(), this::onLine);
        this.logKeeper = new ProcessLog(folder.resolve(LOG_FILE)).drain(process.errorReader(), _ -> {});
    }

    /// Starts a relay whose working directory and logs are in `folder`.
    ///
    /// @param stopTimeout how long a relay may take to end after SIGTERM
    public static RelayProcess start(List<String> command, Path folder, Duration stopTimeout) throws IOException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        process.getOutputStream().close();
        return new RelayProcess(process, folder, stopTimeout);
    }

    private void onLine(String line) {
        try {
            ReadyLine.parse(line).ifPresent(ready::complete);
        } catch (IllegalArgumentException e) {
            ready.completeExceptionally(e);
        }
    }

    /// Waits for the READY line.
    ///
    /// @throws RelayException if it does not come in time, is malformed, or the relay ends instead
    public ReadyLine awaitReady(Duration timeout) throws RelayException, InterruptedException {
        CompletableFuture<?> readyOrDead = CompletableFuture.anyOf(ready, process.onExit());
        try {
            readyOrDead.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!ready.isDone()) {
                throw new RelayException("the relay ended before it was ready: " + lastWords());
            }
            ReadyLine line = ready.get();
            if (line.pid() != process.pid()) {
                throw new RelayException("the launcher put itself between: started process %d, the relay says it is %d"
                        .formatted(process.pid(), line.pid()));
            }
            return line;
        } catch (TimeoutException e) {
            throw new RelayException(
                    "the relay printed no READY line within %d s: %s".formatted(timeout.toSeconds(), lastWords()), e);
        } catch (ExecutionException e) {
            throw new RelayException("the relay's READY line is malformed: " + e.getCause(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Whether the process has come to its end by itself. Its sockets die a moment before it: this waits that
    /// moment.
    public boolean hasEnded() throws InterruptedException {
        return process.waitFor(DEATH_GRACE);
    }

    /// Exit code if it has ended, and the end of its log: of a relay that has just died its keeper may still have to
    /// read the end, or all, of it.
    public String lastWords() {
        boolean isAlive = process.isAlive();
        if (!isAlive) {
            awaitLog();
        }
        String state = isAlive ? "it is still running" : "exit code " + process.exitValue();
        String log = ProcessLog.tail(folder.resolve(LOG_FILE), TAIL_LINES);
        return log.isBlank() ? state + ", nothing on its standard error" : state + "; its log ends with:\n" + log;
    }

    private void awaitLog() {
        try {
            logKeeper.join(LOG_GRACE); // bounded: a child of the relay's may hold its standard error open
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// SIGTERM, a bounded wait, then SIGKILL.
    ///
    /// @return how it ended
    public StopResult stop() {
        if (!process.isAlive()) {
            return StopResult.WAS_DEAD;
        }
        // the handle: Process.destroy() closes the streams, and with them what the relay says while it stops
        process.toHandle().destroy();
        try {
            if (process.waitFor(stopTimeout)) {
                return StopResult.STOPPED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly();
        awaitDeath();
        return StopResult.KILLED;
    }

    private void awaitDeath() {
        try {
            process.onExit().get(KILL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // SIGKILL cannot be refused; a process stuck in the kernel ends when it leaves it
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// How a relay came to its end.
    public enum StopResult {
        /// It ended after SIGTERM, in time.
        STOPPED,
        /// It ignored SIGTERM and was killed.
        KILLED,
        /// It had ended before it was asked to.
        WAS_DEAD
    }
}
