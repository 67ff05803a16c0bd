package phasebench.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import phasebench.harness.process.ReadyLine;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Scenario;

/// A load without a process: claims that everything arrived, and notices when its relay is gone.
final class ScriptedLoad implements TrialLoad {
    private long preparedNs;
    private long pausedAtNs;
    private long pausedNs;
    private URI metrics = URI.create("http://127.0.0.1:1/");

    static TrialLoad start(List<String> unusedPrefix, Path unusedJavaHome, Path logFile, int unusedCount)
            throws TrialFailedException {
        try {
            Files.writeString(logFile, "scripted");
        } catch (IOException e) {
            throw new TrialFailedException("no log", e);
        }
        return new ScriptedLoad();
    }

    @Override
    public void prepare(Scenario scenario, ReadyLine relay, long seed) throws InterruptedException {
        preparedNs = System.nanoTime();
        metrics = relay.httpUri().resolve("/metrics");
        Thread.sleep(scenario.timing().ramp());
    }

    @Override
    public void grow() {
        // nobody has to join
    }

    @Override
    public void beginWindow() {
        // the first frame is due at once
    }

    /// As many as a [ScriptedRelay] claims to have sent, which cannot be asked while it stands still.
    @Override
    public long packetsDelivered() {
        long nowNs = pausedAtNs == 0 ? System.nanoTime() : pausedAtNs;
        return Math.round((nowNs - preparedNs - pausedNs) / 1e9 * Samples.PACKETS);
    }

    @Override
    public void pause() throws TrialFailedException, InterruptedException {
        ask("/pause");
        pausedAtNs = System.nanoTime();
    }

    @Override
    public void resume() throws TrialFailedException, InterruptedException {
        ask("/resume");
        pausedNs += pausedAtNs == 0 ? 0 : System.nanoTime() - pausedAtNs;
        pausedAtNs = 0;
    }

    private void ask(String path) throws TrialFailedException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(metrics.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new TrialFailedException("no frame reached any viewer for 2 s", e);
        }
    }

    @Override
    public void awaitWindowBoundary() throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Samples.WINDOW_NS));
    }

    @Override
    public LoadEvidence endWindow(Duration drain) throws TrialFailedException, InterruptedException {
        Thread.sleep(drain);
        ask("/metrics");
        return Samples.load().build();
    }

    @Override
    public void leave() {
        pausedAtNs = 0;
        pausedNs = 0;
    }

    @Override
    public void stop() {
        // nobody has to leave
    }

    @Override
    public void close() {
        // there is no process
    }
}
