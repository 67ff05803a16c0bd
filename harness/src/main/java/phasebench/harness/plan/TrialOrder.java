package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The order of the variants in each round: rows of Williams squares, so that every variant comes equally often
/// first, second, ..., and equally often after every other (E. J. Williams, 1949, "Experimental designs balanced
/// for the estimation of residual effects of treatments").
public final class TrialOrder {
    private TrialOrder() {}

    /// Orders of `rounds` rounds. Each run of as many rounds as there are variants holds every variant once at
    /// every place. Which variant plays which part in the square, and the order of the rows, come from the seed.
    ///
    /// @return one list per round, each holding every index `0..variantCount-1` once
    public static List<List<Integer>> of(int variantCount, int rounds, long seed) {
        if (variantCount < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "no order for " + variantCount + " variants and " + rounds + " rounds: both begin at 1");
        }
        Random random = new Random(seed);
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < variantCount; i++) {
            labels.add(i);
        }
        Collections.shuffle(labels, random);
        List<List<Integer>> orders = new ArrayList<>();
        for (int square = 0; orders.size() < rounds; square++) {
            orders.addAll(square(labels, square, random));
        }
        return List.copyOf(orders.subList(0, rounds));
    }

    /// One Latin square. With an odd number of variants a square balances who follows whom only together with its
    /// mirror image, hence every second square is mirrored.
    private static List<List<Integer>> square(List<Integer> labels, int square, Random random) {
        int count = labels.size();
        boolean isMirrored = count % 2 == 1 && square % 2 == 1;
        List<List<Integer>> rows = new ArrayList<>();
        for (int shift = 0; shift < count; shift++) {
            List<Integer> row = new ArrayList<>();
            for (int place = 0; place < count; place++) {
                row.add(labels.get((zigzag(place, count) + shift) % count));
            }
            rows.add(isMirrored ? row.reversed() : row);
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    /// 0, 1, n-1, 2, n-2, ...: neighbouring differences are all distinct modulo n.
    private static int zigzag(int place, int count) {
        return place % 2 == 1 ? (place + 1) / 2 : (count - place / 2) % count;
    }
}
