package phasebench.reports.verdict;

import java.util.List;

/// One metric of two variants, pair by pair.
///
/// @param baseline id of the variant that is compared with
/// @param metric id in the catalogue
/// @param logRatios log(candidate / baseline), one for each launch pair or round that counts, in
///     order of time
public record Comparison(String baseline, String candidate, String metric, List<Double> logRatios) {
    public Comparison {
        logRatios = List.copyOf(logRatios);
    }

    double[] values() {
        return logRatios.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
