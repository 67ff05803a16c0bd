package phasebench.harness.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.TrialTiming;

/// The harness's handle of a load, which one or several processes carry together. One trial at a time; not thread-safe,
/// but [#close] may be called from any thread.
public final class LoadGenerator implements AutoCloseable {
    private static final Duration SPARE = Duration.ofSeconds(20);
    private static final Duration SPARE_PER_VIEWER = Duration.ofMillis(100);

    private final List<GeneratorProcess> processes;
    private @Nullable TrialTiming timing;
    private Duration joining = SPARE;

    private LoadGenerator(List<GeneratorProcess> processes) {
        this.processes = List.copyOf(processes);
    }

    /// Starts one generator process on the class path of this one.
    ///
    /// @param launcherPrefix such as `setsid taskset -c 1`, put in front of the command
    /// @param logFile takes what the process says on its standard error
    /// @throws IOException if it does not come up within 30 s
    public static LoadGenerator start(List<String> launcherPrefix, Path javaHome, Path logFile) throws IOException {
        return start(launcherPrefix, javaHome, logFile, 1);
    }

    /// Starts several processes that share the viewers; each gets the prefix, and so a session of its own.
    public static LoadGenerator start(List<String> launcherPrefix, Path javaHome, Path logFile, int count)
            throws IOException {
        List<GeneratorProcess> started = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                started.add(GeneratorProcess.start(launcherPrefix, javaHome, logFile));
            }
        } catch (IOException | RuntimeException e) {
            started.forEach(GeneratorProcess::close);
            throw e;
        }
        return new LoadGenerator(started);
    }

    /// Process ids of the generators' JVMs, that which publishes first.
    public List<Long> pids() {
        return processes.stream().map(GeneratorProcess::pid).toList();
    }

    /// Publishes the streams and lets the viewers join within the ramp; returns when all receive frames.
    ///
    /// @param seed of everything random in the load
    /// @throws LoadException if the relay refuses, a viewer gets no frames, or the generators share no clock
    public void prepare(Scenario scenario, LoadTargets targets, long seed) throws LoadException {
        timing = scenario.timing();
        Duration publishing = SPARE.multipliedBy(scenario.streams().size());
        LoadMessage.Load whole = new LoadMessage.Load(scenario, targets, seed, part(0), null);
        LoadClock clock = requireNonNull(
                processes
                        .getFirst()
                        .request(LoadMessage.Request.prepare(whole), publishing)
                        .clock(),
                "the publishing generator named no clock");
        for (int i = 1; i < processes.size(); i++) {
            LoadMessage.Load share = new LoadMessage.Load(scenario, targets, seed, part(i), clock);
            named(i, LoadMessage.Request.prepare(share), publishing);
        }
        joining = scenario.timing()
                .ramp()
                .plus(SPARE.multipliedBy(3))
                .plus(SPARE_PER_VIEWER.multipliedBy(scenario.viewers().count()));
        all(LoadMessage.Request.of("ramp"), joining);
    }

    private LoadPart part(int index) {
        return new LoadPart(index, processes.size());
    }

    /// Lets the viewers of the next step of a climb join; returns when all receive frames.
    ///
    /// @throws LoadException if a viewer cannot join or gets no frames, or the relay died
    public void grow() throws LoadException {
        all(LoadMessage.Request.of("grow"), joining);
    }

    /// Begins a window; returns a few milliseconds before the first counted frame is due.
    ///
    /// @throws LoadException if the relay died or forwards nothing
    public void beginWindow() throws LoadException {
        try {
            // several processes on one core take turns: the first plan leaves twice the time
            WindowPlan.agree(processes.size() > 1 ? 1 : 0, this::planned, this::isArmed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted while a window began", e);
        }
        all(LoadMessage.Request.of("window-begin"), SPARE);
    }

    private WindowPlan planned(int attempt) throws LoadException {
        LoadMessage.Request request = LoadMessage.Request.plan(attempt);
        return requireNonNull(processes.getFirst().request(request, SPARE).plan(), "no plan of a window");
    }

    private boolean isArmed(WindowPlan plan) throws LoadException {
        return all(LoadMessage.Request.arm(plan), SPARE).stream().allMatch(LoadMessage.Answer::isArmed);
    }

    /// Lets no further frame leave; only a closed drive can pause. Sessions stay, with all that they send each other.
    ///
    /// @throws LoadException if the relay died, or the drive is open
    public void pause() throws LoadException {
        all(LoadMessage.Request.of("pause"), SPARE);
    }

    /// Goes on where [#pause] stopped.
    ///
    /// @throws LoadException if the relay died
    public void resume() throws LoadException {
        all(LoadMessage.Request.of("resume"), SPARE);
    }

    /// Distinct RTP packets of the open window that viewers have got so far, with all that lay at their sockets when
    /// this was asked; what the kernel counts for sinks is counted from when they joined, so only
    /// differences speak.
    ///
    /// @throws LoadException if no window is open
    public long packetsDelivered() throws LoadException {
        return all(LoadMessage.Request.of("packets"), SPARE).stream()
                .mapToLong(LoadMessage.Answer::packets)
                .sum();
    }

    /// Returns a few milliseconds before the first frame behind the window is due: all that counts has left, nothing
    /// else has.
    ///
    /// [#endWindow] waits for that by itself; this is for reading the relay's clocks and counters at the boundary.
    ///
    /// @throws LoadException if the relay died or forwards nothing
    public void awaitWindowBoundary() throws LoadException {
        all(LoadMessage.Request.of("window-boundary"), windowLength().plus(SPARE));
    }

    /// Waits for the end of the window and the drain, and returns what came of the window's frames. Traffic goes on.
    ///
    /// @throws LoadException if the relay died or forwards nothing
    public LoadEvidence endWindow(Duration drain) throws LoadException {
        Duration timeout = windowLength().plus(drain).plus(SPARE);
        List<WindowShare> shares = all(LoadMessage.Request.end(drain), timeout).stream()
                .map(answer -> requireNonNull(answer.share(), "a generator said nothing of its window"))
                .toList();
        return SharedWindow.evidence(shares);
    }

    private Duration windowLength() throws LoadException {
        TrialTiming prepared = timing;
        if (prepared == null) {
            throw new LoadException("nothing was prepared");
        }
        return prepared.window();
    }

    /// The same request to all generators at once.
    ///
    /// @return their answers, in their order
    private List<LoadMessage.Answer> all(LoadMessage.Request request, Duration timeout) throws LoadException {
        if (processes.size() == 1) {
            return List.of(processes.getFirst().request(request, timeout));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<LoadMessage.Answer> requests = new ExecutorCompletionService<>(threads);
            List<Future<LoadMessage.Answer>> pending = new ArrayList<>();
            for (int i = 0; i < processes.size(); i++) {
                int index = i;
                pending.add(requests.submit(() -> named(index, request, timeout)));
            }
            try {
                for (int i = 0; i < pending.size(); i++) {
                    requests.take().get();
                }
            } finally {
                threads.shutdownNow(); // after a failure nobody waits for the others
            }
            return pending.stream().map(Future::resultNow).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LoadException failed) {
                throw failed;
            }
            throw new IllegalStateException("a request to a load generator broke down", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted during '" + request.command() + "'", e);
        }
    }

    /// What goes wrong with one of several generators is said with its number.
    private LoadMessage.Answer named(int index, LoadMessage.Request request, Duration timeout) throws LoadException {
        try {
            return processes.get(index).request(request, timeout);
        } catch (LoadException e) {
            throw new LoadException(
                    "load generator %d of %d: %s".formatted(index + 1, processes.size(), e.getMessage()), e);
        }
    }

    /// Lets viewers and publishers leave; then another scenario may be prepared.
    ///
    /// @throws LoadException if a process is gone or stuck
    public void leave() throws LoadException {
        all(LoadMessage.Request.of("leave"), SPARE);
    }

    /// Lets viewers and publishers leave, and ends the processes; that which publishes last.
    public void stop() {
        processes.reversed().forEach(GeneratorProcess::stop);
    }

    /// Ends the processes that still run.
    @Override
    public void close() {
        processes.reversed().forEach(GeneratorProcess::close);
    }
}
