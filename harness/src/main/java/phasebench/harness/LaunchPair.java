package phasebench.harness;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.plan.PairPlan;
import phasebench.harness.plan.PairValidity;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.RelayException;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.TrialTiming;

/// One duet: a fresh baseline relay and a fresh candidate relay, alive at the same time on the same core, each kept
/// busy by a closed drive of its own from the load's core, and read at the same edges.
///
/// The load generators count one long window that encloses all windows of the pair: the pair is told of any loss
/// in it, and the windows take their packets from the relays' counters, read together with their clocks.
final class LaunchPair {
    private final TrialSetup setup;
    private final DuetSpec duet;
    private final PairPlan plan;
    private final PairDirectory folder;
    private final Progress progress;

    private final PairRelay baseline;
    private final PairRelay candidate;
    private final Instant startedAt = Instant.now();
    private final List<PairEdge> warmUp = new ArrayList<>();
    private final List<PairEdge> windows = new ArrayList<>();

    LaunchPair(TrialSetup setup, DuetSpec duet, PairPlan plan, PairDirectory folder, Progress progress) {
        this.setup = setup;
        this.duet = duet;
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
        this.baseline = new PairRelay(setup, plan.baseline(), folder.path().resolve(PairSide.BASELINE_FOLDER));
        this.candidate = new PairRelay(setup, plan.candidate(), folder.path().resolve(PairSide.CANDIDATE_FOLDER));
    }

    /// Runs the pair. Whatever goes wrong with a relay or its load is in the record's outcome, and so is the user who
    /// ends the experiment; then the thread stays interrupted.
    PairRecord run() throws IOException {
        TrialOutcome outcome;
        try {
            outcome = runStages();
        } catch (RelayException | TrialFailedException e) {
            outcome = failed(Thread.currentThread().isInterrupted() ? "interrupted by the user" : e.getMessage());
        } catch (InterruptedException | ClosedByInterruptException _) {
            Thread.currentThread().interrupt();
            outcome = failed("interrupted by the user");
        }
        return new PairRecord(
                PairRecord.SCHEMA_VERSION,
                plan.id(),
                outcome,
                startedAt.toString(),
                plan.order(),
                baseline.seen(),
                candidate.seen(),
                warmUp,
                windows,
                files());
    }

    private static TrialOutcome failed(@Nullable String reason) {
        return new TrialOutcome.Failed(List.of(String.valueOf(reason)));
    }

    private TrialOutcome runStages() throws IOException, RelayException, TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        try (baseline;
                candidate) {
            progress.stage("starting", Duration.ZERO);
            for (PairRelay relay : inOrder()) {
                relay.start();
            }
            both(PairRelay::awaitReady);
            progress.stage("ramp", timing.ramp());
            both(relay -> relay.prepare(loadScenario()));
            warmUp();
            both(PairRelay::beginWindow);
            measure();
            both(relay -> relay.endWindow(timing.drain()));
            TrialOutcome outcome = new PairValidity(
                            setup.scenario(), duet, setup.validity().coreSharing())
                    .judge(baseline.seen(), candidate.seen(), windows);
            progress.stage("stopping", Duration.ZERO);
            both(PairRelay::stop);
            return outcome;
        }
    }

    private List<PairRelay> inOrder() {
        return switch (plan.order()) {
            case BASELINE_FIRST -> List.of(baseline, candidate);
            case CANDIDATE_FIRST -> List.of(candidate, baseline);
        };
    }

    /// The load's own window is as long as all windows of the pair together. It begins before the first of them, and
    /// ends when it is asked to after the last one.
    private Scenario loadScenario() {
        Scenario scenario = setup.scenario();
        TrialTiming timing = scenario.timing();
        return scenario.withTiming(new TrialTiming(
                timing.ramp(), timing.warmUp(), timing.window().multipliedBy(duet.windows()), timing.drain()));
    }

    /// Full load until both JITs are quiet in two windows one behind the other, or the longest warm-up is over.
    private void warmUp() throws TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        progress.stage("warm-up", duet.warmUpMax());
        long beganNs = System.nanoTime();
        Thread.sleep(timing.warmUp());
        warmUp.add(edge());
        int quiet = 0;
        while (quiet < ExperimentPlan.QUIET_WINDOWS
                && System.nanoTime() - beganNs < duet.warmUpMax().toNanos()) {
            Thread.sleep(timing.window());
            warmUp.add(edge());
            PairWindow last = PairWindow.between(warmUp.get(warmUp.size() - 2), warmUp.getLast());
            quiet = last.isQuiet(duet.jitShareMax()) ? quiet + 1 : 0;
        }
    }

    private void measure() throws TrialFailedException, InterruptedException {
        Duration window = setup.scenario().timing().window();
        progress.stage("windows", window.multipliedBy(duet.windows()));
        long beganNs = System.nanoTime();
        windows.add(edge());
        for (int i = 1; i <= duet.windows(); i++) {
            long dueNs = beganNs + i * window.toNanos();
            Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - System.nanoTime())));
            windows.add(edge());
        }
    }

    /// Both relays, one right after the other.
    private PairEdge edge() throws TrialFailedException, InterruptedException {
        ProcessReader.Close first = closely(inOrder().getFirst());
        ProcessReader.Close second = closely(inOrder().getLast());
        boolean isBaselineFirst = inOrder().getFirst() == baseline;
        ProcessReader.Close ofBaseline = isBaselineFirst ? first : second;
        ProcessReader.Close ofCandidate = isBaselineFirst ? second : first;
        return new PairEdge(
                ofBaseline.reading(), ofCandidate.reading(), ofBaseline.uncertainNs(), ofCandidate.uncertainNs());
    }

    /// One step with both relays at the same time. The first failure ends the other's step as well.
    private void both(Step step) throws IOException, RelayException, TrialFailedException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<PairRelay> steps = new ExecutorCompletionService<>(threads);
            for (PairRelay relay : inOrder()) {
                steps.submit(() -> taken(step, relay));
            }
            try {
                for (int i = 0; i < 2; i++) {
                    steps.take().get();
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static ProcessReader.Close closely(PairRelay relay) throws TrialFailedException, InterruptedException {
        try {
            return relay.readClosely();
        } catch (RelayException e) {
            throw new TrialFailedException(relay.variant() + ": " + e.getMessage() + relay.death(), e);
        }
    }

    private static PairRelay taken(Step step, PairRelay relay)
            throws IOException, TrialFailedException, InterruptedException {
        try {
            step.take(relay);
            return relay;
        } catch (RelayException | TrialFailedException e) {
            throw new TrialFailedException(relay.variant() + ": " + e.getMessage() + relay.death(), e);
        }
    }

    /// The step's own exception; one that no step may throw is our bug.
    private static TrialFailedException failure(@Nullable Throwable cause) throws IOException, InterruptedException {
        return switch (cause) {
            case TrialFailedException failed -> failed;
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case null, default -> throw new IllegalStateException("a step of a launch pair broke down", cause);
        };
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String side : List.of(PairSide.BASELINE_FOLDER, PairSide.CANDIDATE_FOLDER)) {
            for (Artifact artifact :
                    List.of(Artifact.RELAY_CONFIG, Artifact.RELAY_LOG, Artifact.RELAY_COUNTERS, Artifact.LOAD_LOG)) {
                if (Files.exists(folder.path().resolve(side).resolve(artifact.fileName()))) {
                    files.put(side + "/" + artifact.fileName(), artifact.description());
                }
            }
        }
        return files;
    }

    private interface Step {
        void take(PairRelay relay) throws IOException, RelayException, TrialFailedException, InterruptedException;
    }
}
