package phasebench.harness.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;

/// All trials of an experiment in the order in which they are run: steady ones round by round, then the
/// profiled ones; then its launch pairs.
///
/// @param trials may be none in an experiment of launch pairs
/// @param pairs none in an experiment of trials
/// @param ladder the phases that the variants are taken from; null when they stand in the experiment's own file
public record ExperimentPlan(
        ExperimentSpec spec,
        List<TrialPlan> trials,
        List<PairPlan> pairs,
        @Nullable PhaseLadder ladder) {
    /// What a trial takes beyond its stages: starting two JVMs, warming the crypto, the collection and the
    /// dumps after the window, leaving, stopping. Seen on 2 cores with 100 viewers; only the forecast depends
    /// on it.
    static final Duration TRIAL_OVERHEAD = Duration.ofSeconds(7);

    /// What a launch pair takes beyond its stages: two JVMs of relays on two cores, handshakes, a full collection,
    /// a longer warm-up than the least, windows that do not count, leaving, stopping. Seen with 50 viewers on
    /// 2 cores; the first pair takes 8 s more, for its load generators are new. `stageSeconds` of each pair says
    /// where its time went. Only the forecast depends on it.
    static final Duration PAIR_OVERHEAD = Duration.ofSeconds(15);

    /// Windows, one behind the other, in which JITs have to be quiet before a trial or pair is measured.
    public static final int QUIET_WINDOWS = 2;

    /// What such a window of a steady trial lasts, if its longest warm-up leaves room for so many: collections of the
    /// heap come several times a second and average out, and a relay that is quiet costs only a few seconds.
    public static final Duration QUIET_WINDOW = Duration.ofSeconds(2);

    public ExperimentPlan {
        trials = List.copyOf(trials);
        pairs = List.copyOf(pairs);
    }

    /// Resolves the order of a specification from its seed.
    public static ExperimentPlan of(ExperimentSpec spec) {
        return of(new ExperimentFile.Content(spec, null));
    }

    /// Like [#of], with the ladder.
    public static ExperimentPlan of(ExperimentFile.Content experiment) {
        ExperimentSpec spec = experiment.spec();
        List<TrialPlan> trials = new ArrayList<>();
        if (spec.hasViewerCounts()) {
            return new ExperimentPlan(spec, overViewers(spec), List.of(), experiment.ladder());
        }
        List<List<Integer>> orders =
                spec.rounds() == 0 ? List.of() : TrialOrder.of(spec.variants().size(), spec.rounds(), spec.seed());
        for (int round = 1; round <= orders.size(); round++) {
            for (int index : orders.get(round - 1)) {
                trials.add(trial(TrialKind.STEADY, round, spec.variants().get(index)));
            }
        }
        if (spec.profiled()) {
            for (Variant variant : spec.variants()) {
                trials.add(trial(TrialKind.PROFILED, 1, variant));
            }
        }
        return new ExperimentPlan(spec, trials, PairPlan.of(spec, experiment.ladder()), experiment.ladder());
    }

    /// Its trials alone.
    public ExperimentPlan withoutPairs() {
        return new ExperimentPlan(spec, trials, List.of(), ladder);
    }

    /// Its launch pairs alone.
    public ExperimentPlan withoutTrials() {
        return new ExperimentPlan(spec, List.of(), pairs, ladder);
    }

    /// Trials or launch pairs.
    public int count() {
        return trials.size() + pairs.size();
    }

    /// What the experiment takes when nothing has to be repeated.
    public Duration expected() {
        TrialTiming timing = spec.steadyScenario().timing();
        Duration each = timing.total()
                .multipliedBy(windows())
                .plus(quietWindow(timing).multipliedBy(QUIET_WINDOWS))
                .plus(TRIAL_OVERHEAD);
        return pairs.stream().map(this::expected).reduce(each.multipliedBy(trials.size()), Duration::plus);
    }

    /// What one trial or launch pair takes; the mean, where they differ. A warm-up by criterion may
    /// take longer.
    public Duration expectedEach() {
        return expected().dividedBy(Math.max(1, count()));
    }

    /// What one launch pair takes. JITs are mostly quiet in twice as many windows as have to be.
    public Duration expected(PairPlan pair) {
        DuetSpec duet = spec.duet();
        TrialTiming timing = spec.scenario().timing();
        if (duet == null) {
            return Duration.ZERO;
        }
        Duration windows = switch (pair.id().kind()) {
            case MEDIA ->
                shorter(timing.warmUp().plus(timing.window().multipliedBy(2L * QUIET_WINDOWS)), duet.warmUpMax())
                        .plus(timing.window().multipliedBy(duet.windows()));
            case IDLE ->
                timing.warmUp()
                        .plus(duet.idle().window().multipliedBy(duet.idle().windows()))
                        .plus(timing.window());
        };
        Duration alone = switch (pair.solo()) {
            case NONE -> Duration.ZERO;
            case IN_TURN -> timing.window().multipliedBy(Math.max(2, duet.windows()));
        };
        return timing.ramp().plus(windows).plus(alone).plus(timing.drain()).plus(PAIR_OVERHEAD);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private int windows() {
        return spec.scenario().shape().windows(spec.scenario().viewers().count());
    }

    /// A relay and a load generator per trial, two of each per launch pair.
    public int jvmCount() {
        return 2 * trials.size() + 4 * pairs.size();
    }

    /// What trials must have measured at least once: each variant, at each number of viewers where there are
    /// several.
    public List<String> conditions() {
        return trials.stream()
                .filter(TrialPlan::countsTowardsVerdict)
                .map(trial -> trial.id().condition())
                .distinct()
                .toList();
    }

    public List<String> directoryNames() {
        return Stream.concat(
                        trials.stream().map(trial -> trial.id().directoryName()),
                        pairs.stream().map(pair -> pair.id().directoryName()))
                .toList();
    }

    /// How long each window is in which a steady trial's relay has to be quiet; zero for a warm-up of fixed length.
    public static Duration quietWindow(TrialTiming timing) {
        Duration room = timing.warmUpMax().minus(timing.warmUp()).dividedBy(QUIET_WINDOWS);
        return room.compareTo(QUIET_WINDOW) < 0 ? room : QUIET_WINDOW;
    }

    private static List<TrialPlan> overViewers(ExperimentSpec spec) {
        List<TrialPlan> trials = new ArrayList<>();
        List<Integer> counts = spec.viewerCounts();
        List<List<ViewerCountOrder.Place>> orders =
                ViewerCountOrder.of(spec.variants().size(), counts.size(), spec.rounds(), spec.seed());
        for (int round = 1; round <= orders.size(); round++) {
            for (ViewerCountOrder.Place place : orders.get(round - 1)) {
                Variant variant = spec.variants().get(place.variant());
                TrialId id = new TrialId(TrialKind.STEADY, round, variant.id(), 1, counts.get(place.count()));
                trials.add(new TrialPlan(id, variant));
            }
        }
        return trials;
    }

    private static TrialPlan trial(TrialKind kind, int round, Variant variant) {
        return new TrialPlan(new TrialId(kind, round, variant.id(), 1), variant);
    }
}
