package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
    private final RelaySettings settings;
    private final List<String> command;

    private @Nullable RelayProcess process;
    private @Nullable TrialLoad load;
    private @Nullable ReadyLine ready;
    private @Nullable RelayMetrics metrics;
    private @Nullable ProcessReader reader;
    private @Nullable ProcessReading before;
    private @Nullable ProcessReading after;
    private @Nullable LoadEvidence loadSeen;

    /// @param folder of this relay in the pair's folder
    PairRelay(TrialSetup setup, Variant variant, Path folder) {
        this.setup = setup;
        this.variant = variant;
        this.folder = folder;
        this.settings = new RelaySettings(variant.settings());
        this.command = setup.relayCommand(variant);
    }

    String variant() {
        return variant.id();
    }

    /// Starts the relay and its load generator, and waits for neither to be ready.
    void start() throws IOException, TrialFailedException {
        settings.write(file(Artifact.RELAY_CONFIG));
        process = setup.children()
                .add(RelayProcess.start(command, folder, setup.timeouts().stop()));
        load = setup.children().add(setup.startLoad(file(Artifact.LOAD_LOG)));
    }

    void awaitReady() throws TrialFailedException, RelayException, InterruptedException {
        RelayProcess relay = started(process);
        ReadyLine line = relay.awaitReady(setup.timeouts().ready());
        ready = line;
        RelayChecks.requireSettings(variant, line);
        RelayMetrics counters = new RelayMetrics(line.httpUri());
        metrics = counters;
        reader = new ProcessReader(relay.pid(), setup.placement().relayCores(), counters);
    }

    /// Publishes and lets the viewers join; the first readings open connections and load classes.
    void prepare(Scenario scenario) throws TrialFailedException, RelayException, InterruptedException {
        started(load).prepare(scenario, started(ready), setup.seed());
        readClosely();
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

    ProcessReader.Close readClosely() throws RelayException, InterruptedException {
        return started(reader).readClosely();
    }

    void stop() throws IOException, TrialFailedException {
        started(load).stop();
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
