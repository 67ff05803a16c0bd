package phasebench.reports.verdict;

import java.util.List;

/// One metric of two variants, pair by pair.
///
/// @param baseline id of the variant that is compared with
/// @param metric id in the catalogue
/// @param repetition what gives one ratio each
/// @param logRatios log(candidate / baseline), one for each repetition that counts, in order of time
/// @param lost why others do not count, in a sentence; empty where all do
public record Comparison(
        String baseline, String candidate, String metric, Repetition repetition, List<Double> logRatios, String lost) {
    public Comparison {
        logRatios = List.copyOf(logRatios);
    }

    double[] values() {
        return logRatios.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
