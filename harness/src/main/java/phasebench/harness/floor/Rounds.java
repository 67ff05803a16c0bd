package phasebench.harness.floor;

import java.util.Collections;
import java.util.List;

/// What is said of the values of several rounds.
final class Rounds {
    private Rounds() {}

    /// The middle value, or the mean of the two in the middle.
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double min(List<Double> values) {
        return Collections.min(values);
    }
}
