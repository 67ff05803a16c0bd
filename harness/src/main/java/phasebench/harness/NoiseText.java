package phasebench.harness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.NoiseEvidence;

/// A machine's noise in a line, for the facts of a run.
final class NoiseText {
    private NoiseText() {}

    static String of(Optional<NoiseEvidence> known) {
        return known.map(noise -> "%s, %s: %s".formatted(noise.day(), noise.design(), metrics(noise.metrics())))
                .orElse("none: not calibrated");
    }

    private static String metrics(List<NoiseEvidence.OfMetric> metrics) {
        return metrics.stream()
                .map(noise -> String.format(
                        Locale.ROOT,
                        "%s spreads by %.2f %% (n = %d), %d of %d experiments flagged",
                        Metric.byId(noise.metric()).map(Metric::label).orElse(noise.metric()),
                        100 * noise.spreadPerPair(),
                        noise.pairs(),
                        noise.flagged(),
                        noise.experiments()))
                .collect(Collectors.joining("; "));
    }
}
