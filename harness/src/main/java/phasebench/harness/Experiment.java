package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.harness.floor.FloorException;
import phasebench.harness.load.bench.CeilingException;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.Doctor;
import phasebench.harness.machine.ExclusiveLock;
import phasebench.harness.machine.Finding;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.plan.PairPlan;
import phasebench.harness.plan.TrialPlan;
import phasebench.harness.plan.TrialQueue;
import phasebench.harness.profiler.Profiler;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.text.CapacityTable;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.Scenario;

/// An experiment from beginning to end: this is the protocol.
final class Experiment {
    private final ExperimentPlan plan;
    private final Site site;
    private final PrintStream out;
    private final @Nullable Duration limit;
    private @Nullable RunDirectory directory;
    private boolean isExpired;

    Experiment(ExperimentPlan plan, Site site, PrintStream out) {
        this(plan, site, out, null);
    }

    /// @param limit after which its trials are ended as if by the user; null for none
    Experiment(ExperimentPlan plan, Site site, PrintStream out, @Nullable Duration limit) {
        this.plan = plan;
        this.site = site;
        this.out = out;
        this.limit = limit;
    }

    /// Runs all trials, writes everything down and renders the report.
    ///
    /// @return exit code
    int run() throws PreflightException, BuildFailedException, IOException, InterruptedException {
        List<Finding> findings = doctor();
        RelayBuilds builds = site.builds(plan.spec(), out);
        try (ExclusiveLock _ = lock()) {
            Instant startedAt = Instant.now();
            RunDirectory run = RunDirectory.create(site.runs(), plan.spec().name(), startedAt);
            directory = run;
            run.writeManifest(site.manifest(plan, builds, run.id(), startedAt, findings));
            site.writeNoise(plan.spec(), run);
            if (plan.ladder() != null) {
                run.writePhases(plan.ladder());
            }
            out.println("run directory: " + run.path());
            pinHarness();
            return runTrials(run, builds, EarlierTrials.NONE);
        }
    }

    /// Goes on with a run of the same plan that was cut short: what has ended stays, what was under way begins again.
    ///
    /// @return exit code
    int resume(RunDirectory run) throws PreflightException, BuildFailedException, IOException, InterruptedException {
        doctor();
        RelayBuilds builds = site.builds(plan.spec(), out);
        builds.requireSame(run.manifest().environment());
        try (ExclusiveLock _ = lock()) {
            EarlierTrials earlier = EarlierTrials.of(run);
            out.printf(
                    "resuming %s: %d have ended, %d were cut short and begin again%n",
                    run.path(), earlier.outcomes().size(), earlier.setAside().size());
            directory = run;
            pinHarness();
            return runTrials(run, builds, earlier);
        }
    }

    /// Where the evidence is; null if none was begun.
    @Nullable
    Path directory() {
        return directory == null ? null : directory.path();
    }

    /// Whether its time was over before it was.
    boolean isExpired() {
        return isExpired;
    }

    private List<Finding> doctor() throws PreflightException, InterruptedException {
        List<Finding> findings = new Doctor(site.topology(), site.javaHome(), site.runs()).examine();
        List<String> problems = new ArrayList<>(site.problems());
        for (Finding finding : findings) {
            switch (finding.state()) {
                case OK, MISSING -> {}
                case WARN -> out.println("warning: " + finding.asWarning());
                case UNFIT -> problems.add(finding.asWarning() + "; to mend it: " + finding.mend());
            }
        }
        if (!plan.pairs().isEmpty() && site.placement().pinning() == CpuPlacement.Pinning.NONE) {
            problems.add("launch pairs need a core for both relays and another one for the load; to mend it: allow this"
                    + " process two cores, and install taskset (util-linux)");
        }
        if (!problems.isEmpty()) {
            throw new PreflightException(problems);
        }
        return findings;
    }

    private ExclusiveLock lock() throws PreflightException, IOException {
        String holder = "process %d, experiment %s, since %s"
                .formatted(ProcessHandle.current().pid(), plan.spec().name(), Instant.now());
        try {
            return ExclusiveLock.take(site.lockFile(), holder);
        } catch (ExclusiveLock.HeldException e) {
            throw new PreflightException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private void pinHarness() throws IOException {
        if (site.placement().pinning() == CpuPlacement.Pinning.APART) {
            CpuPinning.pinSelf(site.placement().loadCores());
        }
    }

    private int runTrials(RunDirectory run, RelayBuilds builds, EarlierTrials earlier) throws IOException {
        ChildProcesses children = new ChildProcesses();
        Interruption interruption = Interruption.watch(children, limit);
        try (interruption) {
            if (run.floor().isEmpty()) {
                measureFloor(run);
            }
            if (run.ceiling().isEmpty()) {
                measureCeiling(run);
            }
            TrialSetup setup = site.trialSetup(plan.spec(), builds, children);
            DuetSpec duet = plan.spec().duet();
            TrialSetup steady = setup.withScenario(plan.spec().steadyScenario());
            Set<String> without =
                    conditionsWithout(plan.trials().isEmpty() ? null : runTrials(run, steady, earlier, interruption));
            if (duet != null) {
                without.addAll(candidatesWithout(runPairs(run, setup, duet, earlier, interruption)));
            }
            if (interruption.isRequested()) {
                return interrupted(run, interruption);
            }
            site.report(run.path(), out);
            CapacityTable.read(run).sentences().forEach(sentence -> out.println("capacity: " + sentence));
            return exitCode(without);
        } catch (ClosedByInterruptException _) {
            return interrupted(run, interruption);
        }
    }

    /// Once, before the first trial; an experiment is worth its time without it too.
    private void measureFloor(RunDirectory run) throws IOException {
        try {
            Optional<FloorEvidence> floor = site.floor();
            if (floor.isPresent()) {
                run.writeFloor(floor.get());
                out.println("floor: " + FloorLines.summary(floor.get()));
                FloorLines.warnings(floor.get()).forEach(warning -> out.println("warning: " + warning));
            }
        } catch (FloorException e) {
            out.println("warning: " + e.getMessage());
        } catch (InterruptedException _) {
            // no trial begins: the interruption is remembered where it is asked for
            Thread.currentThread().interrupt();
        }
    }

    /// Once, before the first trial. Launch pairs alone have none: a closed drive asks for no rate.
    private void measureCeiling(RunDirectory run) throws IOException {
        Scenario steady = plan.spec().steadyScenario();
        if (plan.trials().isEmpty() || !(steady.drive() instanceof Drive.Open)) {
            if (site.isCeilingWanted()) {
                out.println("ceiling: not measured, a closed drive asks the load generator for no rate");
            }
            return;
        }
        int viewersMax = plan.spec().viewerCounts().stream()
                .max(Integer::compare)
                .orElse(steady.viewers().count());
        try {
            Optional<CeilingEvidence> ceiling = site.ceiling(steady.withViewerCount(viewersMax));
            if (ceiling.isPresent()) {
                run.writeCeiling(ceiling.get());
                out.println("ceiling: " + ceiling.get().sentence());
                if (ceiling.get().isClose()) {
                    out.println("warning: " + ceiling.get().warning());
                }
            }
        } catch (CeilingException e) {
            out.println("warning: " + e.getMessage());
        } catch (InterruptedException _) {
            // no trial begins: the interruption is remembered where it is asked for
            Thread.currentThread().interrupt();
        }
    }

    /// All trials and their repeats, unless the user ends them.
    ///
    /// @return variants with a trial that yields numbers; at each number of viewers, where there are several
    private Set<String> runTrials(RunDirectory run, TrialSetup setup, EarlierTrials earlier, Interruption interruption)
            throws IOException {
        TrialQueue queue = new TrialQueue(plan.trials(), plan.spec().repeatsMax());
        Set<String> measured = new HashSet<>();
        try (Progress progress = Progress.on(out)) {
            progress.begin(plan.withoutPairs(), plan.withoutTrials().expected());
            for (int number = 1; !queue.isEmpty() && !interruption.isRequested(); number++) {
                TrialPlan trial = queue.next();
                Optional<TrialOutcome> known = earlier.outcome(trial.id().directoryName());
                TrialOutcome outcome = known.isPresent()
                        ? known.get()
                        : runTrial(run, setup, trial, progress, number, number + queue.size());
                queue.offerAgain(trial, outcome);
                if (outcome instanceof TrialOutcome.Measured && trial.countsTowardsVerdict()) {
                    measured.add(trial.id().condition());
                }
            }
        }
        return measured;
    }

    private TrialOutcome runTrial(
            RunDirectory run, TrialSetup setup, TrialPlan trial, Progress progress, int number, int count)
            throws IOException {
        progress.trial(trial.id().directoryName(), number, count);
        TrialDirectory folder = run.createTrial(trial.id());
        Profiler profiler = trial.countsTowardsVerdict() ? new Profiler.None() : site.profiler(run.path());
        TrialRecord trialRecord;
        try {
            trialRecord = new Trial(setup, trial, profiler, folder, progress).run();
        } catch (InterruptedTrialException e) {
            trialRecord = e.trialRecord();
        }
        // an interrupted thread can write no file, and the interruption is remembered where it is asked for
        boolean _ = Thread.interrupted();
        folder.writeTrial(trialRecord);
        progress.ended(trial.id().directoryName(), trialRecord.outcome());
        setup.children().clear();
        return trialRecord.outcome();
    }

    /// All launch pairs, and repeats of those that are invalid at the end, unless the user ends them.
    ///
    /// @return candidates with a pair that yields a ratio
    private Set<String> runPairs(
            RunDirectory run, TrialSetup setup, DuetSpec duet, EarlierTrials earlier, Interruption interruption)
            throws IOException {
        Deque<PairPlan> ahead = new ArrayDeque<>(plan.pairs());
        int repeatsLeft = plan.spec().repeatsMax();
        Set<String> measured = new HashSet<>();
        try (WarmLoads loads = new WarmLoads();
                Progress progress = Progress.on(out)) {
            progress.begin(plan.withoutTrials(), Duration.ZERO);
            for (int number = 1; !ahead.isEmpty() && !interruption.isRequested(); number++) {
                PairPlan pair = ahead.removeFirst();
                Optional<TrialOutcome> known = earlier.outcome(pair.id().directoryName());
                TrialOutcome outcome = known.isPresent()
                        ? known.get()
                        : runPair(run, setup, loads, duet, pair, progress, number, number + ahead.size());
                if (outcome instanceof TrialOutcome.Measured) {
                    measured.add(pair.candidate().id());
                } else if (repeatsLeft > 0) {
                    repeatsLeft--;
                    ahead.addLast(pair.again());
                }
            }
        }
        return measured;
    }

    private static TrialOutcome runPair(
            RunDirectory run,
            TrialSetup setup,
            WarmLoads loads,
            DuetSpec duet,
            PairPlan pair,
            Progress progress,
            int number,
            int count)
            throws IOException {
        progress.trial(pair.id().directoryName(), number, count);
        PairDirectory folder = run.createPair(pair.id());
        PairRecord pairRecord = new LaunchPair(setup, loads, duet, pair, folder, progress).run();
        // an interrupted thread can write no file, and the interruption is remembered where it is asked for
        boolean _ = Thread.interrupted();
        folder.writePair(pairRecord);
        progress.ended(pair.id().directoryName(), pairRecord.outcome());
        setup.children().clear();
        return pairRecord.outcome();
    }

    private int interrupted(RunDirectory run, Interruption interruption) {
        isExpired = interruption.isExpired();
        Path path = run.path();
        out.println("interrupted; what was measured is in " + path);
        out.println("phasebench run --resume " + path + " goes on with it; phasebench report " + path + " renders it");
        return ExitCode.INTERRUPTED;
    }

    /// @param measured null when no trial was planned
    private Set<String> conditionsWithout(@Nullable Set<String> measured) {
        return measured == null
                ? new TreeSet<>()
                : plan.conditions().stream()
                        .filter(condition -> !measured.contains(condition))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> candidatesWithout(Set<String> measured) {
        return plan.pairs().stream()
                .map(pair -> pair.candidate().id())
                .filter(id -> !measured.contains(id))
                .collect(Collectors.toSet());
    }

    private int exitCode(Set<String> without) {
        if (without.isEmpty()) {
            return ExitCode.OK;
        }
        out.println((plan.pairs().isEmpty() ? "no valid trial of: " : "no valid launch pair of: ")
                + String.join(", ", without));
        return ExitCode.INVALID;
    }
}
