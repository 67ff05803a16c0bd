package phasebench.reports.noise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.verdict.Verdict;

/// One experiment whose truth is known: a variant with itself, or with itself and a planted change.
///
/// @param run name of its run directory
/// @param experiment its name: an experiment of that name need not be run again
/// @param plant what was planted in the candidate, such as `cpu=3%`; empty for nothing (A/A)
/// @param size launch pairs or rounds that were planned
public record ControlExperiment(String run, String experiment, String plant, int size, List<Judged> comparisons) {
    public ControlExperiment {
        comparisons = List.copyOf(comparisons);
    }

    /// What the experiment's judge said of one metric.
    ///
    /// @param logRatios candidate to baseline, one of each launch pair or round that counts, in order
    /// @param verdict its word, such as `improved`
    /// @param ratio null where nothing counts
    public record Judged(
            String metric,
            List<Double> logRatios,
            String verdict,
            @Nullable Double ratio) {
        public Judged {
            logRatios = List.copyOf(logRatios);
        }
    }

    /// Whether it came to a number at all; one that did not has to be run again.
    public boolean isValid() {
        return comparisons.stream().anyMatch(judged -> !judged.verdict().equals(Verdict.INVALID.word()));
    }

    /// Whether nothing was planted.
    public boolean isControl() {
        return plant.isEmpty();
    }
}
