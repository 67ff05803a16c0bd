package phasebench.scenarios;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An experiment as asked for: one scenario, the variants to compare under it, and how often.
///
/// @param baseline id of the variant that all others are compared with
/// @param rounds steady trials of each variant; may be none in an experiment of launch pairs
/// @param profiled whether each variant gets one profiled trial as well
/// @param seed seed of the trial order and of everything random
/// @param repeatsMax invalid or failed trials that are run again, over the whole experiment
/// @param duet launch pairs instead of steady trials, or beside them; null for none
/// @param viewerCounts ascending numbers of viewers, at each of which each variant is run once a round, to see what a
///     viewer costs in memory; empty for trials with the scenario's own number
public record ExperimentSpec(
        String name,
        String description,
        Scenario scenario,
        String baseline,
        List<Variant> variants,
        int rounds,
        boolean profiled,
        long seed,
        int repeatsMax,
        @Nullable DuetSpec duet,
        List<Integer> viewerCounts) {
    public ExperimentSpec {
        variants = List.copyOf(variants);
        viewerCounts = List.copyOf(viewerCounts);
        Set<String> ids = new HashSet<>();
        for (Variant variant : variants) {
            if (!ids.add(variant.id())) {
                throw new IllegalArgumentException("two variants have the id " + variant.id());
            }
        }
        if (!ids.contains(baseline)) {
            throw new IllegalArgumentException("baseline is not one of the variants " + ids + ": " + baseline);
        }
        if (duet == null) {
            requireSteady(rounds);
        } else {
            requireDuet(scenario, variants.size(), rounds, profiled);
        }
        if (!viewerCounts.isEmpty()) {
            requireSlope(viewerCounts, scenario, duet, profiled);
        }
        if (repeatsMax < 0) {
            throw new IllegalArgumentException("repeatsMax is negative: " + repeatsMax);
        }
    }

    /// An experiment of trials with one number of viewers, or of launch pairs.
    public ExperimentSpec(
            String name,
            String description,
            Scenario scenario,
            String baseline,
            List<Variant> variants,
            int rounds,
            boolean profiled,
            long seed,
            int repeatsMax,
            @Nullable DuetSpec duet) {
        this(name, description, scenario, baseline, variants, rounds, profiled, seed, repeatsMax, duet, List.of());
    }

    /// An experiment of steady trials.
    public ExperimentSpec(
            String name,
            String description,
            Scenario scenario,
            String baseline,
            List<Variant> variants,
            int rounds,
            boolean profiled,
            long seed,
            int repeatsMax) {
        this(name, description, scenario, baseline, variants, rounds, profiled, seed, repeatsMax, null);
    }

    /// What the others are compared with.
    public Variant baselineVariant() {
        return variants.stream()
                .filter(variant -> variant.id().equals(baseline))
                .findFirst()
                .orElseThrow();
    }

    /// Whether trials of one variant differ in their number of viewers, and so are no repetitions of each other.
    public boolean hasViewerCounts() {
        return !viewerCounts.isEmpty();
    }

    private static void requireSlope(
            List<Integer> counts, Scenario scenario, @Nullable DuetSpec duet, boolean isProfiled) {
        for (int i = 0; i < counts.size(); i++) {
            int count = counts.get(i);
            if (count < 0 || count > ViewerLoad.COUNT_MAX || (i > 0 && count <= counts.get(i - 1))) {
                throw new IllegalArgumentException(
                        "viewerCounts are not ascending numbers within 0.." + ViewerLoad.COUNT_MAX + ": " + counts);
            }
        }
        if (counts.size() < 2) {
            throw new IllegalArgumentException("viewerCounts need two numbers for a line: " + counts);
        }
        if (duet != null || isProfiled) {
            throw new IllegalArgumentException(
                    "an experiment over several viewerCounts has no launch pairs and no profiled trials");
        }
        if (!(scenario.drive() instanceof Drive.Open)) {
            throw new IllegalArgumentException(
                    "viewerCounts need an open drive, and the drive of scenario " + scenario.name() + " is closed");
        }
    }

    /// What steady trials run. Beside launch pairs, whose closed drive says nothing of a rate, that is the
    /// same load at the rate of its streams, warmed up and measured as long as a launch pair is.
    public Scenario steadyScenario() {
        if (duet == null) {
            return scenario;
        }
        TrialTiming timing = scenario.timing();
        return scenario.withDrive(new Drive.Open())
                .withTiming(new TrialTiming(
                        timing.ramp(),
                        timing.warmUp().compareTo(duet.warmUpMax()) > 0 ? timing.warmUp() : duet.warmUpMax(),
                        timing.window().multipliedBy(duet.windows()),
                        timing.drain()));
    }

    private static void requireSteady(int rounds) {
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("rounds is not within 1..1000: " + rounds);
        }
    }

    private static void requireDuet(Scenario scenario, int variantCount, int rounds, boolean isProfiled) {
        if (rounds < 0 || rounds > 1000) {
            throw new IllegalArgumentException("rounds is not within 0..1000: " + rounds);
        }
        if (isProfiled) {
            throw new IllegalArgumentException("an experiment of launch pairs has no profiled trials");
        }
        if (variantCount < 2) {
            throw new IllegalArgumentException("a launch pair needs a variant beside the baseline");
        }
        if (scenario.timing().isWarmUpByCriterion()) {
            throw new IllegalArgumentException(
                    "launch pairs have a warmUpMax and a jitShareMax of their own, under duet");
        }
        if (!(scenario.drive() instanceof Drive.Closed)) {
            throw new IllegalArgumentException(
                    "launch pairs need a closed drive, and the drive of scenario " + scenario.name() + " is open");
        }
    }
}
