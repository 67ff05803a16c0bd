package phasebench.harness.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Variant;

/// All trials of an experiment in the order in which they are run: steady ones round by round, then the
/// profiled ones.
///
/// @param ladder the phases that the variants are taken from; null when they stand in the experiment's own file
public record ExperimentPlan(
        ExperimentSpec spec,
        List<TrialPlan> trials,
        @Nullable PhaseLadder ladder) {
    /// What a trial takes beyond its stages: starting two JVMs, warming the crypto, the collection and the
    /// dumps after the window, leaving, stopping. Seen on 2 cores with 100 viewers; only the forecast depends
    /// on it.
    static final Duration TRIAL_OVERHEAD = Duration.ofSeconds(7);

    public ExperimentPlan {
        trials = List.copyOf(trials);
    }

    /// Resolves the order of a specification from its seed.
    public static ExperimentPlan of(ExperimentSpec spec) {
        return of(new ExperimentFile.Content(spec, null));
    }

    /// Like [#of], with the ladder.
    public static ExperimentPlan of(ExperimentFile.Content experiment) {
        ExperimentSpec spec = experiment.spec();
        List<TrialPlan> trials = new ArrayList<>();
        List<List<Integer>> orders = TrialOrder.of(spec.variants().size(), spec.rounds(), spec.seed());
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
        return new ExperimentPlan(spec, trials, experiment.ladder());
    }

    /// What the experiment takes when no trial has to be repeated.
    public Duration expected() {
        return expectedPerTrial().multipliedBy(trials.size());
    }

    public Duration expectedPerTrial() {
        return spec.scenario().timing().total().plus(TRIAL_OVERHEAD);
    }

    /// A relay and a load generator per trial.
    public int jvmCount() {
        return 2 * trials.size();
    }

    public List<String> directoryNames() {
        return trials.stream().map(trial -> trial.id().directoryName()).toList();
    }

    private static TrialPlan trial(TrialKind kind, int round, Variant variant) {
        return new TrialPlan(new TrialId(kind, round, variant.id(), 1), variant);
    }
}
