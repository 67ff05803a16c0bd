package phasebench.scenarios;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An experiment as asked for: one scenario, the variants to compare under it, and how often.
///
/// @param baseline id of the variant that all others are compared with
/// @param rounds steady trials of each variant
/// @param profiled whether each variant gets one profiled trial as well
/// @param seed seed of the trial order and of everything random
/// @param repeatsMax invalid or failed trials that are run again, over the whole experiment
public record ExperimentSpec(
        String name,
        String description,
        Scenario scenario,
        String baseline,
        List<Variant> variants,
        int rounds,
        boolean profiled,
        long seed,
        int repeatsMax) {
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
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("rounds is not within 1..1000: " + rounds);
        }
        if (repeatsMax < 0) {
            throw new IllegalArgumentException("repeatsMax is negative: " + repeatsMax);
        }
    }
}
