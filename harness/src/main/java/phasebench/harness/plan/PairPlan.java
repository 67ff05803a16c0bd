package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairLayout.Cores;
import phasebench.reports.rundir.PairRecord.Order;
import phasebench.scenarios.Couple;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Variant;

/// One launch pair to be run.
///
/// @param lot what is drawn for it
/// @param solo whether either relay also gets windows alone
public record PairPlan(PairId id, Variant baseline, Variant candidate, Lot lot, Solo solo) {
    /// What may not depend on which of the two is the baseline.
    ///
    /// @param order which relay comes first in everything that two cannot do at once
    /// @param place which relay gets the first of the two folders
    /// @param cores whether the relays' core and the load's change places
    public record Lot(Order order, Place place, Cores cores) {}

    /// Who gets the folder `relay-a`.
    public enum Place {
        BASELINE_IN_A,
        CANDIDATE_IN_A
    }

    /// Windows in which one of the two works and the other one's drive is paused.
    public enum Solo {
        NONE,
        IN_TURN
    }

    /// All launch pairs of an experiment without a ladder.
    public static List<PairPlan> of(ExperimentSpec spec) {
        return of(spec, null);
    }

    /// All launch pairs of an experiment: the first one of each couple, with media and then without, then the
    /// next one of each. Every couple meets each order, each place and each choice of cores about equally
    /// often, at random launch pairs that follow from the seed.
    public static List<PairPlan> of(ExperimentSpec spec, @Nullable PhaseLadder ladder) {
        DuetSpec duet = spec.duet();
        if (duet == null) {
            return List.of();
        }
        Random random = new Random(spec.seed());
        List<List<PairPlan>> series = new ArrayList<>();
        for (Couple couple : Couple.of(spec, ladder)) {
            series.add(series(spec, couple, PairKind.MEDIA, random));
            series.add(series(spec, couple, PairKind.IDLE, random));
        }
        List<PairPlan> plans = new ArrayList<>();
        for (int i = 0; i < Math.max(duet.pairs(), duet.idle().pairs()); i++) {
            for (List<PairPlan> one : series) {
                if (i < one.size()) {
                    plans.add(one.get(i));
                }
            }
        }
        return plans;
    }

    /// All launch pairs of one couple and kind.
    private static List<PairPlan> series(ExperimentSpec spec, Couple couple, PairKind kind, Random random) {
        DuetSpec duet = spec.duet();
        if (duet == null) {
            return List.of();
        }
        int count = switch (kind) {
            case MEDIA -> duet.pairs();
            case IDLE -> duet.idle().pairs();
        };
        List<Lot> lots = lots(count, duet.controls().swapCores(), random);
        List<PairPlan> plans = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            boolean isSolo = kind == PairKind.MEDIA && duet.controls().isSolo(number);
            plans.add(new PairPlan(
                    new PairId(number, couple.baseline(), couple.candidate(), 1, kind),
                    find(spec, couple.baseline()),
                    find(spec, couple.candidate()),
                    lots.get(number - 1),
                    isSolo ? Solo.IN_TURN : Solo.NONE));
        }
        return plans;
    }

    /// Every combination once in four or, with changing cores, in eight; in any number of them each side of
    /// each choice comes equally often, or one differs by one. Which combination is the first, and then the
    /// order, is by chance.
    private static List<Lot> lots(int count, boolean swapCores, Random random) {
        int flips = random.nextInt(8);
        List<Lot> lots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // of period 2, 4 and 8, and balanced to one from the beginning: the parity of 1, 2 and 3 bits of i
            int order = i & 1;
            int place = order ^ ((i >> 1) & 1);
            int cores = place ^ ((i >> 2) & 1);
            lots.add(new Lot(
                    (order ^ (flips & 1)) == 0 ? Order.BASELINE_FIRST : Order.CANDIDATE_FIRST,
                    (place ^ ((flips >> 1) & 1)) == 0 ? Place.BASELINE_IN_A : Place.CANDIDATE_IN_A,
                    !swapCores || (cores ^ ((flips >> 2) & 1)) == 0 ? Cores.AS_PLACED : Cores.SWAPPED));
        }
        Collections.shuffle(lots, random);
        return lots;
    }

    private static Variant find(ExperimentSpec spec, String id) {
        return spec.variants().stream()
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// The same pair once more, under a folder name of its own; what was drawn stays, so that it stays balanced.
    public PairPlan again() {
        return new PairPlan(id.again(), baseline, candidate, lot, solo);
    }
}
