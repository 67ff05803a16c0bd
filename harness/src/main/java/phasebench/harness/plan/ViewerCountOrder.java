package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The order of trials over several numbers of viewers. A round holds every variant at every number once, and consists
/// of blocks: each block holds every variant once, at numbers that go round from block to block as in a Latin square,
/// so that neither a variant nor a number gathers at the begin or the end of a round.
final class ViewerCountOrder {
    private ViewerCountOrder() {}

    /// One trial of a round: indexes of its variant and of its number of viewers.
    record Place(int variant, int count) {}

    /// Orders of `rounds` rounds; the variants of a block stand in rows of Williams squares ([TrialOrder]), and what is
    /// random comes from the seed.
    static List<List<Place>> of(int variants, int counts, int rounds, long seed) {
        List<List<Integer>> rows = TrialOrder.of(variants, counts * rounds, seed);
        Random random = new Random(seed);
        List<List<Place>> orders = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Integer> labels = shuffled(counts, random);
            List<Integer> shifts = shuffled(counts, random);
            List<Place> order = new ArrayList<>();
            for (int block = 0; block < counts; block++) {
                for (int variant : rows.get(round * counts + block)) {
                    order.add(new Place(variant, labels.get((variant + shifts.get(block)) % counts)));
                }
            }
            orders.add(List.copyOf(order));
        }
        return List.copyOf(orders);
    }

    private static List<Integer> shuffled(int count, Random random) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, random);
        return numbers;
    }
}
