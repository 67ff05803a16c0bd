package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.process.Jcmd;
import phasebench.harness.process.JvmInterior;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayException;
import phasebench.harness.process.RelayMetrics;
import phasebench.harness.process.RelayProcess;
import phasebench.harness.process.RelaySettings;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.Variant;

/// One of the two relays of a launch pair with its load generator, and what was seen of it. One thread at a time.
final class PairRelay implements AutoCloseable {
    private final TrialSetup setup;
    private final Variant variant;
    private final Path folder;
    private final WarmLoads loads;
    private final RelaySettings settings;
    private final List<String> command;

    private @Nullable RelayProcess process;
    private WarmLoads.@Nullable Warm warm;
    private @Nullable TrialLoad load;
    private @Nullable ReadyLine ready;
    private @Nullable RelayMetrics metrics;
    private @Nullable ProcessReader reader;
    private @Nullable ProcessReading before;
    private @Nullable ProcessReading after;
    private @Nullable LoadEvidence loadSeen;
    private @Nullable LoadEvidence loadAlone;

    /// @param folder of this relay in the pair's folder
    PairRelay(TrialSetup setup, WarmLoads loads, Variant variant, Path folder) {
        this.loads = loads;
        this.setup = setup;
        this.variant = variant;
        this.folder = folder;
        this.settings = new RelaySettings(variant.settings());
        this.command = setup.relayCommand(variant, setup.placement().allCores());
    }

    String variant() {
        return variant.id();
    }

    /// Starts the relay, and does not wait until it is ready. Until the viewers have joined it may use the load's
    /// cores too: starting two JVMs and warming their crypto on one core takes twice as long.
    void start() throws IOException {
        settings.write(file(Artifact.RELAY_CONFIG));
        process = setup.children()
                .add(RelayProcess.start(command, folder, setup.timeouts().stop()));
    }

    /// Starts the load generator while the relay is on its way, if none is left of an earlier pair. This thread
    /// must outlive all pairs: no virtual thread, whose carrier retires when it has been idle for half a minute.
    void startLoad() throws IOException, TrialFailedException {
        WarmLoads.Warm taken = loads.take(setup, file(Artifact.LOAD_LOG));
        warm = taken;
        load = taken.load();
    }

    /// Waits for the relay.
    void awaitReady() throws IOException, TrialFailedException, RelayException, InterruptedException {
        RelayProcess relay = started(process);
        ReadyLine line = relay.awaitReady(setup.timeouts().ready());
        ready = line;
        RelayChecks.requireSettings(variant, line);
        RelayMetrics counters = new RelayMetrics(line.httpUri());
        metrics = counters;
        reader = new ProcessReader(relay.pid(), setup.placement().relayCores(), counters);
    }

    /// Publishes and lets the viewers join; the first readings open connections and load classes. Then the relay
    /// is confined to its core.
    void prepare(Scenario scenario) throws IOException, TrialFailedException, RelayException, InterruptedException {
        started(load).prepare(scenario, started(ready), setup.seed());
        started(reader).read(Map.of());
        if (setup.placement().pinning() == CpuPlacement.Pinning.APART) {
            CpuPinning.pinProcess(started(process).pid(), setup.placement().relayCores());
        }
    }

    /// Puts the heap in order as it is in a relay that has run for long.
    void tenure() throws RelayException, InterruptedException {
        JvmInterior.tenure(new Jcmd(setup.javaHome(), started(process).pid()));
    }

    /// The load begins to count.
    void beginWindow() throws TrialFailedException, RelayException, InterruptedException {
        started(load).beginWindow();
        before = started(reader).read(Map.of());
    }

    /// The load ceases to count; every packet of every counted frame is given the time to arrive.
    void endWindow(Duration drain) throws TrialFailedException, RelayException, InterruptedException {
        started(load).awaitWindowBoundary();
        after = started(reader).read(Map.of());
        loadSeen = started(load).endWindow(drain);
    }

    /// No further frame leaves; sessions stay.
    void pause() throws TrialFailedException, InterruptedException {
        started(load).pause();
    }

    /// The drive goes on.
    void resume() throws TrialFailedException, InterruptedException {
        started(load).resume();
    }

    /// Pauses the drive; what has happened by `settle` later is no longer of any frame.
    void beginIdle(Duration settle) throws TrialFailedException, RelayException, InterruptedException {
        pause();
        Thread.sleep(settle);
        before = started(reader).read(Map.of());
    }

    /// Media flows again, in one window that shows that every session was still there.
    void endIdle(Duration drain) throws TrialFailedException, RelayException, InterruptedException {
        after = started(reader).read(Map.of());
        resume();
        started(load).beginWindow();
        started(load).awaitWindowBoundary();
        loadSeen = started(load).endWindow(drain);
    }

    /// The load counts anew, while one relay works and the other one is paused in turn.
    void beginAlone() throws TrialFailedException, InterruptedException {
        started(load).beginWindow();
    }

    /// Both work again.
    void endAlone(Duration drain) throws TrialFailedException, InterruptedException {
        started(load).awaitWindowBoundary();
        loadAlone = started(load).endWindow(drain);
    }

    /// What came back in the windows alone; null without such windows.
    @Nullable
    LoadEvidence loadAlone() {
        return loadAlone;
    }

    long pid() {
        return started(process).pid();
    }

    /// Without asking the relay itself.
    ProcessReading readUnasked() throws RelayException {
        return started(reader).readUnasked();
    }

    /// With what its viewers have got so far in the load's window; for a relay that stands still.
    ProcessReading readStill() throws TrialFailedException, RelayException, InterruptedException {
        ProcessReading reading = readUnasked();
        return reading.withPacketsDelivered(started(load).packetsDelivered());
    }

    void stop() throws IOException, TrialFailedException, InterruptedException {
        started(load).leave();
        loads.giveBack(setup, started(warm));
        load = null;
        RelayChecks.requireCleanEnd(
                started(process),
                file(Artifact.RELAY_COUNTERS),
                setup.timeouts().stop());
    }

    /// What to add to a failure: the relay's last words if it has ended.
    String death() throws InterruptedException {
        RelayProcess relay = process;
        return relay != null && relay.hasEnded() ? "; the relay died: " + relay.lastWords() : "";
    }

    PairSide seen() {
        ReadyLine line = ready;
        return new PairSide(variant.id(), command, line == null ? null : line.text(), before, after, loadSeen);
    }

    private Path file(Artifact artifact) {
        return folder.resolve(artifact.fileName());
    }

    private static <T> T started(@Nullable T part) {
        return Objects.requireNonNull(part, "not started");
    }

    /// Ends both processes, however they fare; the load first, so that the relay has nobody left.
    @Override
    public void close() {
        if (load != null) {
            load.close();
        }
        if (metrics != null) {
            metrics.close();
        }
        if (process != null) {
            process.close();
        }
    }
}
