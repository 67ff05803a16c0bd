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
        @Nullable DuetSpec duet) {
    public ExperimentSpec {
        variants = List.copyOf(variants);
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
        if (repeatsMax < 0) {
            throw new IllegalArgumentException("repeatsMax is negative: " + repeatsMax);
        }
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
        if (!(scenario.drive() instanceof Drive.Closed)) {
            throw new IllegalArgumentException(
                    "launch pairs need a closed drive, and the drive of scenario " + scenario.name() + " is open");
        }
    }
}
