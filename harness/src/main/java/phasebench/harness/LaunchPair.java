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
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.Standstill;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.plan.PairPlan;
import phasebench.harness.plan.PairValidity;
import phasebench.harness.process.RelayException;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.PairPrice;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairLayout;
import phasebench.reports.rundir.PairLayout.Cores;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.SoloWindow;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.TrialTiming;

/// One duet: a fresh baseline relay and a fresh candidate relay, alive at the same time on the same core, each with a
/// load of its own from the load's core, and read at the same edges.
///
/// With media a closed drive keeps both busy. The load generators count one long window that encloses all windows of
/// the pair: the pair is told of any loss in it, and each window takes its packets from what viewers had got at its
/// edges, where both relays stand still. Without media the drives are paused for all windows, and then go on for
/// one in which the load generators count, to see that every session was there.
final class LaunchPair {
    /// What is in flight when a drive is paused has arrived by then, or is lost: longer than the drive's patience.
    private static final Duration SETTLE = Duration.ofMillis(300);

    /// Windows at most, where some do not count: a new pair costs more than a few more windows.
    private static final int WINDOWS_FACTOR_MAX = 2;

    private final TrialSetup setup;
    private final DuetSpec duet;
    private final PairPlan plan;
    private final PairDirectory folder;
    private final StageClock stages;

    private final PairLayout layout;
    private final PairRelay baseline;
    private final PairRelay candidate;
    private final Instant startedAt = Instant.now();
    private final List<PairEdge> warmUp = new ArrayList<>();
    private final List<PairEdge> windows = new ArrayList<>();
    private final List<SoloWindow> solo = new ArrayList<>();

    /// @param loads generators that earlier pairs have left, and that later ones get
    LaunchPair(
            TrialSetup experiment,
            WarmLoads loads,
            DuetSpec duet,
            PairPlan plan,
            PairDirectory folder,
            Progress progress) {
        this.setup = plan.lot().cores() == Cores.SWAPPED ? experiment.withCoresSwapped() : experiment;
        this.duet = duet;
        this.plan = plan;
        this.folder = folder;
        this.stages = new StageClock(progress);
        this.layout = layout(experiment);
        this.baseline =
                new PairRelay(setup, loads, plan.baseline(), folder.path().resolve(layout.baselineFolder()));
        this.candidate =
                new PairRelay(setup, loads, plan.candidate(), folder.path().resolve(layout.candidateFolder()));
    }

    private PairLayout layout(TrialSetup experiment) {
        boolean isBaselineInA = plan.lot().place() == PairPlan.Place.BASELINE_IN_A;
        return new PairLayout(
                isBaselineInA ? PairLayout.FOLDER_A : PairLayout.FOLDER_B,
                isBaselineInA ? PairLayout.FOLDER_B : PairLayout.FOLDER_A,
                setup.placement().relayCores(),
                setup.placement().loadCores(),
                setup.placement().equals(experiment.placement()) ? Cores.AS_PLACED : Cores.SWAPPED);
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
        stages.end();
        return new PairRecord(
                PairRecord.SCHEMA_VERSION,
                plan.id(),
                outcome,
                startedAt.toString(),
                plan.lot().order(),
                baseline.seen(),
                candidate.seen(),
                warmUp,
                windows,
                files(),
                layout,
                solo,
                stages.seconds());
    }

    private static TrialOutcome failed(@Nullable String reason) {
        return new TrialOutcome.Failed(List.of(String.valueOf(reason)));
    }

    private TrialOutcome runStages() throws IOException, RelayException, TrialFailedException, InterruptedException {
        try (baseline;
                candidate) {
            start();
            stages.begin("ramp", setup.scenario().timing().ramp());
            both(relay -> relay.prepare(loadScenario()));
            TrialOutcome outcome = switch (plan.id().kind()) {
                case MEDIA -> withMedia();
                case IDLE -> withoutMedia();
            };
            stages.begin("stopping", Duration.ZERO);
            both(PairRelay::stop);
            return outcome;
        }
    }

    private void start() throws IOException, RelayException, TrialFailedException, InterruptedException {
        stages.begin("starting", Duration.ZERO);
        if (setup.placement().pinning() == CpuPlacement.Pinning.APART) {
            CpuPinning.pinSelf(setup.placement().loadCores());
        }
        for (PairRelay relay : inOrder()) {
            relay.start();
        }
        for (PairRelay relay : inOrder()) {
            relay.startLoad();
        }
        both(PairRelay::awaitReady);
    }

    private TrialOutcome withMedia() throws IOException, RelayException, TrialFailedException, InterruptedException {
        warmUp();
        both(PairRelay::beginWindow);
        measure();
        Duration drain = setup.scenario().timing().drain();
        stages.begin("drain", drain);
        both(relay -> relay.endWindow(drain));
        TrialOutcome together = validity().judge(baseline.seen(), candidate.seen(), windows);
        return switch (plan.solo()) {
            case NONE -> together;
            case IN_TURN -> measureAlone(together);
        };
    }

    private TrialOutcome withoutMedia() throws IOException, RelayException, TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        stages.begin("warm-up", timing.warmUp());
        Thread.sleep(timing.warmUp());
        both(PairRelay::tenure);
        both(relay -> relay.beginIdle(SETTLE));
        measureIdle();
        stages.begin("proof of life", timing.window().plus(timing.drain()));
        both(relay -> relay.endIdle(timing.drain()));
        return validity().judgeIdle(baseline.seen(), candidate.seen(), windows);
    }

    private PairValidity validity() {
        return new PairValidity(setup.scenario(), duet, setup.validity().coreSharing());
    }

    private List<PairRelay> inOrder() {
        return switch (plan.lot().order()) {
            case BASELINE_FIRST -> List.of(baseline, candidate);
            case CANDIDATE_FIRST -> List.of(candidate, baseline);
        };
    }

    /// With media the load's own window is as long as all windows of the pair together: it begins before the first of
    /// them, and ends when it is asked to after the last one. Without media it is one window behind the others.
    private Scenario loadScenario() {
        Scenario scenario = setup.scenario();
        TrialTiming timing = scenario.timing();
        int windowCount = switch (plan.id().kind()) {
            case MEDIA -> duet.windows();
            case IDLE -> 1;
        };
        return scenario.withTiming(new TrialTiming(
                timing.ramp(), timing.warmUp(), timing.window().multipliedBy(windowCount), timing.drain()));
    }

    /// Full load until both JITs are quiet, and load generators saturate the core that they may still have to warm up
    /// for, in two windows one behind the other; or until the longest warm-up is over.
    private void warmUp() throws IOException, RelayException, TrialFailedException, InterruptedException {
        TrialTiming timing = setup.scenario().timing();
        stages.begin("warm-up", duet.warmUpMax());
        long beganNs = System.nanoTime();
        Thread.sleep(timing.warmUp());
        both(PairRelay::tenure);
        warmUp.add(glance());
        int quiet = 0;
        while (quiet < ExperimentPlan.QUIET_WINDOWS
                && System.nanoTime() - beganNs < duet.warmUpMax().toNanos()) {
            Thread.sleep(timing.window());
            warmUp.add(glance());
            PairFigures latest = PairFigures.of(warmUp.subList(warmUp.size() - 2, warmUp.size()), duet.jitShareMax());
            quiet = validity().isWarm(latest) ? quiet + 1 : 0;
        }
    }

    private int counted(List<PairEdge> edges) {
        return counted(edges, new PairPrice.PerPacket(duet.jitShareMax()));
    }

    private static int counted(List<PairEdge> edges, PairPrice price) {
        return PairFigures.of(edges, price).counted().size();
    }

    /// Windows one behind the other, until as many count as were asked for.
    private void measure() throws TrialFailedException, InterruptedException {
        Duration window = setup.scenario().timing().window();
        stages.begin("windows", window.multipliedBy(duet.windows()));
        long beganNs = System.nanoTime();
        windows.add(edge());
        int windowsMax = WINDOWS_FACTOR_MAX * duet.windows();
        for (int i = 1; i <= windowsMax && counted(windows) < duet.windows(); i++) {
            sleepUntil(beganNs + i * window.toNanos());
            windows.add(edge());
        }
    }

    private void measureIdle() throws TrialFailedException, InterruptedException {
        DuetSpec.Idle idle = duet.idle();
        stages.begin("windows", idle.window().multipliedBy(idle.windows()));
        long beganNs = System.nanoTime();
        windows.add(glance());
        PairPrice price =
                new PairPrice.PerViewerSecond(setup.scenario().viewers().count());
        int windowsMax = WINDOWS_FACTOR_MAX * idle.windows();
        for (int i = 1; i <= windowsMax && counted(windows, price) < idle.windows(); i++) {
            sleepUntil(beganNs + i * idle.window().toNanos());
            windows.add(glance());
        }
    }

    /// One relay works while the other one's drive is paused, then the other way round, half as often as together.
    private TrialOutcome measureAlone(TrialOutcome together)
            throws IOException, RelayException, TrialFailedException, InterruptedException {
        Duration window = setup.scenario().timing().window();
        int each = Math.max(1, duet.windows() / 2);
        stages.begin("solo windows", window.plus(SETTLE).multipliedBy(2L * each));
        both(PairRelay::beginAlone);
        for (int i = 0; i < each; i++) {
            for (PairRelay working : inOrder()) {
                solo.add(soloWindow(working, window));
            }
        }
        both(relay -> relay.endAlone(setup.scenario().timing().drain()));
        List<String> reasons = new ArrayList<>();
        for (PairRelay relay : inOrder()) {
            reasons.addAll(PairValidity.unequalAlone(relay.variant(), relay.loadAlone()));
        }
        return reasons.isEmpty() ? together : PairValidity.alsoInvalid(together, reasons);
    }

    private SoloWindow soloWindow(PairRelay working, Duration window)
            throws TrialFailedException, InterruptedException {
        PairRelay paused = working == baseline ? candidate : baseline;
        paused.pause();
        Thread.sleep(SETTLE);
        ProcessReading before = still(working);
        Thread.sleep(window);
        ProcessReading after = still(working);
        paused.resume();
        return new SoloWindow(
                working == baseline ? SoloWindow.Side.BASELINE : SoloWindow.Side.CANDIDATE, before, after);
    }

    private static ProcessReading still(PairRelay relay) throws TrialFailedException, InterruptedException {
        try (Standstill _ = standstill(List.of(relay))) {
            return read(relay, PairRelay::readStill);
        }
    }

    private static Standstill standstill(List<PairRelay> relays) throws TrialFailedException, InterruptedException {
        try {
            return Standstill.of(relays.stream().map(PairRelay::pid).toList());
        } catch (IOException e) {
            StringBuilder reason = new StringBuilder("the relays do not stand still: " + e.getMessage());
            for (PairRelay relay : relays) {
                reason.append(relay.death());
            }
            throw new TrialFailedException(reason.toString(), e);
        }
    }

    private static void sleepUntil(long dueNs) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - System.nanoTime())));
    }

    /// Both relays at the same instant: they stand still while they are read, and until their viewers have counted
    /// all that was sent.
    private PairEdge edge() throws TrialFailedException, InterruptedException {
        ProcessReading ofBaseline;
        ProcessReading ofCandidate;
        try (Standstill _ = standstill(inOrder())) {
            ofBaseline = read(baseline, PairRelay::readStill);
            ofCandidate = read(candidate, PairRelay::readStill);
        }
        long stoodStillNs = System.nanoTime() - ofBaseline.atNs();
        return new PairEdge(ofBaseline, ofCandidate, 0, 0, stoodStillNs);
    }

    /// Where no packets are counted, the clocks are all that counts, and the relays go on.
    private PairEdge glance() throws TrialFailedException, InterruptedException {
        return new PairEdge(read(baseline, PairRelay::readUnasked), read(candidate, PairRelay::readUnasked), 0, 0, 0);
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

    private static <T> T read(PairRelay relay, Look<T> look) throws TrialFailedException, InterruptedException {
        try {
            return look.at(relay);
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
        for (String side : List.of(layout.baselineFolder(), layout.candidateFolder())) {
            for (Artifact artifact :
                    List.of(Artifact.RELAY_CONFIG, Artifact.RELAY_LOG, Artifact.RELAY_COUNTERS, Artifact.LOAD_LOG)) {
                if (Files.exists(folder.path().resolve(side).resolve(artifact.fileName()))) {
                    files.put(side + "/" + artifact.fileName(), artifact.description());
                }
            }
        }
        return files;
    }

    private interface Look<T> {
        T at(PairRelay relay) throws RelayException, TrialFailedException, InterruptedException;
    }

    private interface Step {
        void take(PairRelay relay) throws IOException, RelayException, TrialFailedException, InterruptedException;
    }
}
