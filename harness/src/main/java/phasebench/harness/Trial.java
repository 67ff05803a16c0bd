package phasebench.harness;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.harness.machine.NativeClocks;
import phasebench.harness.plan.TrialPlan;
import phasebench.harness.process.Jcmd;
import phasebench.harness.process.JvmInterior;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayException;
import phasebench.harness.process.RelayMetrics;
import phasebench.harness.process.RelayProcess;
import phasebench.harness.process.RelaySettings;
import phasebench.harness.process.TimeSeries;
import phasebench.harness.profiler.Profiler;
import phasebench.harness.profiler.ProfilerSession;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.TrialTiming;

/// One fresh relay process taken through all stages under one variant.
final class Trial {
    private final TrialSetup setup;
    private final TrialPlan plan;
    private final Profiler profiler;
    private final TrialDirectory folder;
    private final Progress progress;

    private final RelaySettings settings;
    private final List<String> relayCommand;
    private final TrialEvidence evidence;
    private final List<String> profilerProblems = new ArrayList<>();

    Trial(TrialSetup setup, TrialPlan plan, Profiler profiler, TrialDirectory folder, Progress progress) {
        this.setup = setup.of(plan.id());
        this.plan = plan;
        this.profiler = profiler;
        this.folder = folder;
        this.progress = progress;
        this.settings = new RelaySettings(plan.variant().settings());
        this.relayCommand = setup.relayCommand(plan.variant());
        this.evidence = new TrialEvidence(plan.id(), Instant.now(), relayCommand);
    }

    /// Runs the trial. Whatever goes wrong with relay or load is in the record's outcome.
    ///
    /// @throws InterruptedTrialException with the record so far if the user ended the experiment
    TrialRecord run() throws IOException, InterruptedTrialException {
        TrialOutcome outcome;
        try {
            outcome = runStages();
        } catch (RelayException | TrialFailedException e) {
            if (Thread.interrupted()) {
                throw interrupted();
            }
            outcome = new TrialOutcome.Failed(List.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException | ClosedByInterruptException _) {
            throw interrupted();
        }
        return evidence.record(outcome, folder);
    }

    private InterruptedTrialException interrupted() {
        return new InterruptedTrialException(evidence.record(TrialOutcome.INTERRUPTED, folder));
    }

    private TrialOutcome runStages() throws IOException, RelayException, TrialFailedException, InterruptedException {
        settings.write(folder.file(Artifact.RELAY_CONFIG));
        progress.stage("starting", Duration.ZERO);
        TrialOutcome outcome;
        try (RelayProcess relay = setup.children()
                .add(RelayProcess.start(
                        relayCommand, folder.path(), setup.timeouts().stop()))) {
            // the two start at the same time, each on its own core
            try (TrialLoad load = setup.children().add(setup.startLoad(folder.file(Artifact.LOAD_LOG)))) {
                ReadyLine ready = relay.awaitReady(setup.timeouts().ready());
                evidence.ready(ready);
                RelayChecks.requireSettings(plan.variant(), ready);
                outcome = underLoad(relay, ready, load);
                progress.stage("stopping", Duration.ZERO);
                load.stop();
            }
            RelayChecks.requireCleanEnd(
                    relay,
                    folder.file(Artifact.RELAY_COUNTERS),
                    setup.timeouts().stop());
        }
        return plan.countsTowardsVerdict() ? outcome : withFlameGraphs(outcome);
    }

    private TrialOutcome underLoad(RelayProcess relay, ReadyLine ready, TrialLoad load)
            throws IOException, TrialFailedException, InterruptedException {
        Scenario scenario = setup.scenario();
        Jcmd jcmd = new Jcmd(setup.javaHome(), relay.pid());
        try (RelayMetrics metrics = new RelayMetrics(ready.httpUri())) {
            ProcessReader reader =
                    new ProcessReader(relay.pid(), setup.placement().relayCores(), metrics);
            progress.stage("ramp", scenario.timing().ramp());
            load.prepare(scenario, ready, setup.seed());
            progress.stage("warm-up", scenario.timing().warmUpMax());
            warmUp(scenario.timing(), reader, jcmd);
            return scenario.shape() instanceof LoadShape.Climb climb
                    ? climb(climb, load, reader, jcmd)
                    : window(load, reader, jcmd);
        } catch (TrialFailedException | RelayException e) {
            String death = relay.hasEnded() ? "; the relay died: " + relay.lastWords() : "";
            throw new TrialFailedException(e.getMessage() + death, e);
        }
    }

    /// The measurement window, with one reading at each edge. Attach stays outside of both; validity is judged
    /// here, before anyone has looked at a metric.
    private TrialOutcome window(TrialLoad load, ProcessReader reader, Jcmd jcmd)
            throws RelayException, TrialFailedException, InterruptedException {
        @Nullable ProfilerSession session = startProfiler(jcmd);
        Map<String, Long> jvmBefore = JvmInterior.counters(jcmd);
        ProcessReading before = load.beginWindow(reader, jvmBefore);
        evidence.before(before);
        progress.stage("window", setup.scenario().timing().window());
        LoadEvidence loadSeen;
        ProcessReading after;
        try (TimeSeries _ = TimeSeries.start(reader, folder.path())) {
            evidence.file(TimeSeries.FILE, "CPU time, memory and threads of the relay, second by second");
            load.awaitWindowBoundary();
            after = reader.read(Map.of());
            evidence.after(after);
            loadSeen = load.endWindow(setup.scenario().timing().drain());
        }
        evidence.load(loadSeen);
        if (session != null) {
            profilerProblems.addAll(session.stop());
        }
        TrialOutcome outcome = setup.validity(plan.id()).judge(loadSeen, before, after);
        progress.stage("heap and threads", Duration.ZERO);
        JvmInterior.AtEnd atEnd = JvmInterior.atEnd(jcmd, reader, folder.path());
        evidence.after(after.withJvmCounters(atEnd.jvmCounters()));
        evidence.heap(atEnd.heap());
        evidence.file(JvmInterior.HISTOGRAM_FILE, "live objects by class after a full collection");
        evidence.file(JvmInterior.THREADS_FILE, "thread dump after the window, virtual threads included");
        return outcome;
    }

    /// The record gets the readings of the last step that the relay carried; the heap is that of a later one, and so is
    /// not read.
    private TrialOutcome climb(LoadShape.Climb climb, TrialLoad load, ProcessReader reader, Jcmd jcmd)
            throws IOException, RelayException, TrialFailedException, InterruptedException {
        Climbing.Result result = new Climbing(setup, climb, load, reader, jcmd, progress).run();
        evidence.before(result.highest().before());
        evidence.after(result.highest().after());
        evidence.load(result.highest().load());
        folder.writeClimb(result.climb());
        evidence.file(TrialDirectory.CLIMB, "every step of the climb, and where it ended");
        return result.outcome();
    }

    /// The first readings open connections and load classes in harness and relay: none of that belongs into the
    /// window.
    private void warmUp(TrialTiming timing, ProcessReader reader, Jcmd jcmd)
            throws RelayException, InterruptedException {
        long beganNs = NativeClocks.monotonicNs();
        JvmInterior.tenure(jcmd);
        reader.read(Map.of());
        if (timing.isWarmUpByCriterion()) {
            evidence.warmUp(new SteadyWarmUp(timing, reader::readUnasked, Thread::sleep).run(beganNs));
        } else {
            long spentNs = NativeClocks.monotonicNs() - beganNs;
            Thread.sleep(Duration.ofNanos(Math.max(0, timing.warmUp().toNanos() - spentNs)));
        }
    }

    private @Nullable ProfilerSession startProfiler(Jcmd jcmd) throws RelayException, InterruptedException {
        return switch (profiler) {
            case Profiler.None _ -> null;
            case Profiler.AsyncProfilerAndJfr both -> ProfilerSession.start(jcmd, folder.path(), both);
        };
    }

    private TrialOutcome withFlameGraphs(TrialOutcome outcome) throws IOException {
        progress.stage("flame graphs", Duration.ZERO);
        return new ProfiledFiles(folder, evidence, profilerProblems)
                .write(plan.variant().id(), outcome);
    }
}
