package phasebench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import phasebench.reports.noise.DesignName;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.Variant;

/// The experiments of a calibration, each with a truth that is known: a variant with itself, or with itself and
/// a change planted in its relay.
///
/// @param base whose baseline is measured, under its scenario
/// @param size launch pairs or rounds of each experiment
/// @param plants how many experiments each plant gets, `cpu=3%` to 10; the empty one is A/A
record CalibrationDesign(ExperimentSpec base, int size, Map<String, Integer> plants) {
    CalibrationDesign {
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("--pairs-per-experiment is not within 1..1000: " + size);
        }
        plants = Map.copyOf(plants);
        if (plants.values().stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a number of experiments is negative: " + plants);
        }
    }

    /// Its name among what is known of a machine.
    String name() {
        return DesignName.of(base);
    }

    /// One experiment.
    ///
    /// @param plant such as `cpu=3%`; empty for A/A
    /// @param number 1-based, among those of the same plant
    record Cell(String plant, int number, ExperimentSpec spec) {}

    /// All of them, A/A and plants in turn, so that a day cut short has some of each.
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        int most = plants.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int number = 1; number <= most; number++) {
            for (String plant : plants.keySet().stream().sorted().toList()) {
                if (number <= plants.getOrDefault(plant, 0)) {
                    cells.add(new Cell(plant, number, spec(plant, number)));
                }
            }
        }
        return cells;
    }

    private ExperimentSpec spec(String plant, int number) {
        Variant baseline = base.baselineVariant();
        String name = "calibrate-%s-n%d-%02d".formatted(fileName(plant), size, number);
        DuetSpec duet = base.duet();
        return new ExperimentSpec(
                name,
                plant.isEmpty()
                        ? "A variant against itself"
                        : "A variant against itself with %s planted".formatted(plant),
                base.scenario(),
                baseline.id(),
                List.of(withoutPlant(baseline), candidate(baseline, plant)),
                duet == null ? size : 0,
                false,
                // the start orders are others in each experiment, and the same when it is run again
                new Random(31 * base.seed() + name.hashCode()).nextInt(Integer.MAX_VALUE),
                base.repeatsMax(),
                duet == null ? null : duet.withPairs(size));
    }

    private static Variant withoutPlant(Variant variant) {
        return variant.planted(variant.id(), variant.description(), Map.of());
    }

    private static Variant candidate(Variant baseline, String plant) {
        if (plant.isEmpty()) {
            return baseline.planted("again", "The same once more", Map.of());
        }
        String[] parts = plant.split("=", 2);
        return baseline.planted("planted", "The same, made worse on purpose", Map.of(parts[0], parts[1]));
    }

    /// `aa`, or a plant as the name of a directory can have it: `cpu=1.5%` is `cpu-1-5`.
    private static String fileName(String plant) {
        return plant.isEmpty()
                ? "aa"
                : plant.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }
}
