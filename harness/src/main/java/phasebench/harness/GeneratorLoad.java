package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import phasebench.harness.load.LoadException;
import phasebench.harness.load.LoadGenerator;
import phasebench.harness.load.LoadTargets;
import phasebench.harness.process.ReadyLine;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Scenario;

/// The load generator as a trial's load: what it cannot do becomes the trial's reason.
final class GeneratorLoad implements TrialLoad {
    private final LoadGenerator generator;

    private GeneratorLoad(LoadGenerator generator) {
        this.generator = generator;
    }

    static TrialLoad start(List<String> launcherPrefix, Path javaHome, Path logFile, int generators)
            throws TrialFailedException {
        try {
            return new GeneratorLoad(LoadGenerator.start(launcherPrefix, javaHome, logFile, generators));
        } catch (IOException e) {
            throw new TrialFailedException("the load generator did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public void prepare(Scenario scenario, ReadyLine relay, long seed)
            throws TrialFailedException, InterruptedException {
        attempt(() -> generator.prepare(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), seed));
    }

    @Override
    public void grow() throws TrialFailedException, InterruptedException {
        attempt(generator::grow);
    }

    @Override
    public void beginWindow() throws TrialFailedException, InterruptedException {
        attempt(generator::beginWindow);
    }

    @Override
    public void awaitWindowBoundary() throws TrialFailedException, InterruptedException {
        attempt(generator::awaitWindowBoundary);
    }

    @Override
    public LoadEvidence endWindow(Duration drain) throws TrialFailedException, InterruptedException {
        try {
            return generator.endWindow(drain);
        } catch (LoadException e) {
            throw failed(e);
        }
    }

    @Override
    public long packetsDelivered() throws TrialFailedException, InterruptedException {
        try {
            return generator.packetsDelivered();
        } catch (LoadException e) {
            throw failed(e);
        }
    }

    @Override
    public void pause() throws TrialFailedException, InterruptedException {
        attempt(generator::pause);
    }

    @Override
    public void resume() throws TrialFailedException, InterruptedException {
        attempt(generator::resume);
    }

    @Override
    public void leave() throws TrialFailedException, InterruptedException {
        attempt(generator::leave);
    }

    @Override
    public void stop() {
        generator.stop();
    }

    @Override
    public void close() {
        generator.close();
    }

    private static void attempt(Step step) throws TrialFailedException, InterruptedException {
        try {
            step.run();
        } catch (LoadException e) {
            throw failed(e);
        }
    }

    /// A user who ends the experiment ends the generator too; that is no failure of the trial.
    private static TrialFailedException failed(LoadException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new TrialFailedException(String.valueOf(e.getMessage()), e);
    }

    private interface Step {
        void run() throws LoadException;
    }
}
