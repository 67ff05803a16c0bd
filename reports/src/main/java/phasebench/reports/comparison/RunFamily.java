package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.Reading;
import phasebench.reports.evidence.Traits;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.verdict.Comparison;
import phasebench.reports.verdict.Repetition;
import phasebench.reports.verdict.Rules;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.OptimizationPhase;

/// The comparisons of a run that get a verdict, judged together: each variant, or phase, x each primary
/// metric. A phase is compared with its parent, any other variant with the baseline, a launch pair with
/// its other half.
final class RunFamily {
    private final RunEvidence run;

    private RunFamily(RunEvidence run) {
        this.run = run;
    }

    /// Those without a number included: what was planned is judged, not what worked.
    static List<Comparison> of(RunEvidence run) {
        if (run.isOverViewers()) {
            return List.of(); // trials at several numbers of viewers are no repetitions of each other
        }
        RunFamily family = new RunFamily(run);
        Map<Couple, List<Double>> byPair = family.launchPairs();
        List<Comparison> comparisons = new ArrayList<>();
        byPair.forEach((couple, ratios) -> comparisons.add(
                couple.comparison(Metric.CPU_NS_PER_PACKET, Repetition.LAUNCH_PAIR, ratios, family.pairsLost(couple))));
        if (run.manifest().experiment().rounds() > 0) {
            for (Couple couple : family.couples()) {
                Arrays.stream(Metric.values())
                        .filter(metric -> metric.traits().tier() == Traits.Tier.PRIMARY)
                        .filter(metric -> metric != Metric.CPU_NS_PER_PACKET || !byPair.containsKey(couple))
                        .forEach(metric -> comparisons.add(couple.comparison(
                                metric, Repetition.ROUND, family.rounds(couple, metric), family.trialsLost(couple))));
            }
        }
        return comparisons;
    }

    /// What a report judges by: a run that ended as planned has had its one look; one that was cut short
    /// is looked at early.
    static Rules rules(RunEvidence run) {
        Set<String> begun = new HashSet<>();
        run.trials().forEach(trial -> begun.add(trial.id().directoryName()));
        run.pairs().forEach(pair -> begun.add(pair.id().directoryName()));
        boolean isComplete = run.unfinished().stream().allMatch(RunDirectory::isSetAside)
                && begun.containsAll(run.manifest().trialOrder());
        DuetSpec duet = run.manifest().experiment().duet();
        int planned = duet == null ? run.manifest().experiment().rounds() : duet.pairs();
        return isComplete || planned < 2 ? Rules.EXPERIMENT : Rules.EXPERIMENT.withLooks(List.of(planned));
    }

    private record Couple(String baseline, String candidate) {
        Comparison comparison(Metric metric, Repetition repetition, List<Double> logRatios, String lost) {
            return new Comparison(baseline, candidate, metric.id(), repetition, logRatios, lost);
        }
    }

    private List<Couple> couples() {
        List<String> variants = run.variants();
        return variants.stream()
                .skip(1)
                .map(variant ->
                        new Couple(parent(variant).filter(variants::contains).orElse(variants.getFirst()), variant))
                .toList();
    }

    private Optional<String> parent(String variant) {
        return Optional.ofNullable(run.ladder())
                .flatMap(ladder -> ladder.phase(variant))
                .map(OptimizationPhase::parent);
    }

    private Map<Couple, List<Double>> launchPairs() {
        DuetSpec duet = run.manifest().experiment().duet();
        Map<Couple, List<Double>> byCouple = new LinkedHashMap<>();
        if (duet == null) {
            return byCouple;
        }
        List<PairRecord> inOrder = run.pairs().stream()
                .filter(pair -> pair.id().kind() == PairKind.MEDIA)
                .sorted(Comparator.comparing(PairRecord::startedAt))
                .toList();
        for (String variant : run.variants().subList(1, run.variants().size())) {
            for (PairRecord pair : inOrder) {
                if (pair.id().candidate().equals(variant)) {
                    List<Double> ratios =
                            byCouple.computeIfAbsent(new Couple(pair.id().baseline(), variant), _ -> new ArrayList<>());
                    double ratio = PairFigures.of(pair, duet.jitShareMax()).ratio();
                    if (pair.outcome() instanceof TrialOutcome.Measured && ratio > 0 && Double.isFinite(ratio)) {
                        ratios.add(Math.log(ratio));
                    }
                }
            }
            if (byCouple.keySet().stream().noneMatch(couple -> couple.candidate.equals(variant))) {
                byCouple.put(new Couple(run.variants().getFirst(), variant), List.of());
            }
        }
        return byCouple;
    }

    private String pairsLost(Couple couple) {
        return Setbacks.of(run.pairs().stream()
                .filter(pair -> pair.id().kind() == PairKind.MEDIA)
                .filter(pair -> pair.id().baseline().equals(couple.baseline)
                        && pair.id().candidate().equals(couple.candidate))
                .map(PairRecord::outcome)
                .toList());
    }

    private String trialsLost(Couple couple) {
        return Setbacks.of(run.trials().stream()
                .filter(trial -> trial.id().kind() == TrialKind.STEADY)
                .filter(trial -> Set.of(couple.baseline, couple.candidate)
                        .contains(trial.id().variant()))
                .map(TrialRecord::outcome)
                .toList());
    }

    /// Empty where a value is 0, which has no ratio.
    private List<Double> rounds(Couple couple, Metric metric) {
        SortedMap<Integer, Double> before = byRound(couple.baseline, metric);
        SortedMap<Integer, Double> after = byRound(couple.candidate, metric);
        before.keySet().retainAll(after.keySet());
        List<Double> logRatios = new ArrayList<>();
        before.forEach((round, value) -> logRatios.add(Math.log(after.getOrDefault(round, Double.NaN) / value)));
        return logRatios.stream().allMatch(Double::isFinite) ? logRatios : List.of();
    }

    /// The first measured trial of each round.
    private SortedMap<Integer, Double> byRound(String variant, Metric metric) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        for (TrialRecord trial : run.measured(variant)) {
            if (metric.of(trial) instanceof Reading.Value(double value)) {
                byRound.putIfAbsent(trial.id().round(), value);
            }
        }
        return byRound;
    }
}
