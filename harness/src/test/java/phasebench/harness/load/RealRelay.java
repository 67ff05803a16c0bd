package phasebench.harness.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phasebench.harness.process.JvmCommand;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayMetrics;
import phasebench.harness.process.RelayProcess;
import phasebench.harness.process.RelaySettings;

/// The project's relay as a process, as a trial starts it.
final class RealRelay implements AutoCloseable {
    private final RelayProcess process;
    private final ReadyLine ready;
    private final RelayMetrics metrics;

    private RealRelay(RelayProcess process, ReadyLine ready) {
        this.process = process;
        this.ready = ready;
        this.metrics = new RelayMetrics(ready.httpUri());
    }

    /// @param prefix what its command line begins with
    /// @param arguments further ones
    static RealRelay start(Path folder, String profile, List<String> prefix, String... arguments) throws Exception {
        new RelaySettings(Map.of("profile", profile)).write(folder.resolve("relay.yaml"));
        List<String> all = new ArrayList<>(List.of("--config", "relay.yaml"));
        all.addAll(List.of(arguments));
        List<String> command = new JvmCommand(
                        prefix,
                        Path.of(System.getProperty("java.home")),
                        1,
                        List.of(),
                        Path.of(System.getProperty("phasebench.relay.jar")))
                .with(all.toArray(String[]::new));
        RelayProcess process = RelayProcess.start(command, folder, Duration.ofSeconds(10));
        try {
            return new RealRelay(process, process.awaitReady(Duration.ofSeconds(60)));
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    RelayMetrics metrics() {
        return metrics;
    }

    LoadTargets targets() {
        return new LoadTargets(ready.rtspUri(), ready.httpUri());
    }

    @Override
    public void close() throws IOException {
        metrics.close();
        process.close();
    }
}
