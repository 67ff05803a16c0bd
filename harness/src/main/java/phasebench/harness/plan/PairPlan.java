package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairRecord.Order;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.Variant;

/// One launch pair to be run.
///
/// @param order which relay comes first in everything that two cannot do at once
public record PairPlan(PairId id, Variant baseline, Variant candidate, Order order) {
    /// All launch pairs of an experiment: one of each candidate, then the next one of each. Each order comes about
    /// equally often with every candidate, at random places that follow from the seed.
    public static List<PairPlan> of(ExperimentSpec spec) {
        DuetSpec duet = spec.duet();
        if (duet == null) {
            return List.of();
        }
        Variant baseline = find(spec, spec.baseline());
        List<Variant> candidates = spec.variants().stream()
                .filter(variant -> !variant.id().equals(spec.baseline()))
                .toList();
        Random random = new Random(spec.seed());
        List<List<Order>> orders =
                candidates.stream().map(_ -> orders(duet.pairs(), random)).toList();
        List<PairPlan> plans = new ArrayList<>();
        for (int number = 1; number <= duet.pairs(); number++) {
            for (int i = 0; i < candidates.size(); i++) {
                Variant candidate = candidates.get(i);
                PairId id = new PairId(number, baseline.id(), candidate.id(), 1);
                plans.add(new PairPlan(id, baseline, candidate, orders.get(i).get(number - 1)));
            }
        }
        return plans;
    }

    private static List<Order> orders(int count, Random random) {
        boolean isBaselineNext = random.nextBoolean();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(isBaselineNext ? Order.BASELINE_FIRST : Order.CANDIDATE_FIRST);
            isBaselineNext = !isBaselineNext;
        }
        Collections.shuffle(orders, random);
        return orders;
    }

    private static Variant find(ExperimentSpec spec, String id) {
        return spec.variants().stream()
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// The same pair once more, under a folder name of its own; its order stays, so that the orders stay balanced.
    public PairPlan again() {
        return new PairPlan(id.again(), baseline, candidate, order);
    }
}
