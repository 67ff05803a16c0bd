package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Traits;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.Welch;

/// Two stored runs side by side. Their trials were not interleaved: what changed on the machine between
/// them is in every ratio, and no interval knows of it. So there are figures and warnings here, and no verdicts.
///
/// @param lines one for each variant and primary metric that both have
/// @param differences of the hosts; with any, the figures cannot be compared
/// @param warnings what else to know
public record StoredRuns(List<Line> lines, List<String> differences, List<String> warnings) {
    /// One variant and metric.
    ///
    /// @param first mean over the first run's trials, on the log scale; for launch pairs the
    ///     ratio to their baseline
    /// @param ratio second / first with its interval (Welch, on the log scale); null with fewer than two
    ///     values in one of them
    public record Line(
            String variant,
            String metric,
            double first,
            int firstN,
            double second,
            int secondN,
            @Nullable Interval ratio) {}

    public StoredRuns {
        lines = List.copyOf(lines);
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
    }

    /// Whether the hosts are alike and there is something to compare.
    public boolean isComparable() {
        return differences.isEmpty() && !lines.isEmpty();
    }

    public static StoredRuns of(RunEvidence first, RunEvidence second) {
        List<Line> lines = new ArrayList<>();
        List<MetricResult> ofFirst = results(first);
        List<MetricResult> ofSecond = results(second);
        for (MetricResult metric : ofFirst) {
            ofSecond.stream()
                    .filter(other -> other.metric().equals(metric.metric()))
                    .forEach(other -> lines.addAll(lines(metric, other)));
        }
        return new StoredRuns(
                lines,
                HostFingerprint.differences(
                        first.manifest().environment(), second.manifest().environment()),
                warnings(first, second));
    }

    private static List<MetricResult> results(RunEvidence run) {
        ComparisonDocument document = Comparer.compare(run);
        if (run.isDuet()) {
            return List.of(LaunchPairs.ratios(document.launchPairs(), document.baseline()));
        }
        return document.metrics().stream()
                .filter(metric -> Metric.byId(metric.metric()).stream()
                        .anyMatch(known -> known.traits().tier() == Traits.Tier.PRIMARY))
                .toList();
    }

    private static List<Line> lines(MetricResult first, MetricResult second) {
        List<Line> lines = new ArrayList<>();
        for (var variant : first.variants()) {
            second.variants().stream()
                    .filter(other -> other.variant().equals(variant.variant()))
                    .map(other ->
                            line(variant.variant(), first.metric(), values(variant.samples()), values(other.samples())))
                    .filter(Objects::nonNull)
                    .forEach(lines::add);
        }
        return lines;
    }

    private static @Nullable Line line(String variant, String metric, double[] first, double[] second) {
        if (first.length == 0 || second.length == 0 || !isPositive(first) || !isPositive(second)) {
            return null;
        }
        double[] firstLogs = Arrays.stream(first).map(Math::log).toArray();
        double[] secondLogs = Arrays.stream(second).map(Math::log).toArray();
        return new Line(
                variant,
                metric,
                Math.exp(Arrays.stream(firstLogs).average().orElseThrow()),
                first.length,
                Math.exp(Arrays.stream(secondLogs).average().orElseThrow()),
                second.length,
                first.length < 2 || second.length < 2 || !(varies(first) || varies(second))
                        ? null
                        : ratio(firstLogs, secondLogs));
    }

    private static Interval ratio(double[] firstLogs, double[] secondLogs) {
        Interval logs = Welch.of(firstLogs, secondLogs, Change.CONFIDENCE).interval();
        return new Interval(Math.exp(logs.estimate()), Math.exp(logs.low()), Math.exp(logs.high()), logs.confidence());
    }

    private static double[] values(List<Sample> samples) {
        return samples.stream()
                .map(Sample::value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static boolean varies(double[] values) {
        return Arrays.stream(values).anyMatch(value -> value != values[0]);
    }

    private static boolean isPositive(double[] values) {
        return Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value));
    }

    private static List<String> warnings(RunEvidence first, RunEvidence second) {
        List<String> warnings = new ArrayList<>();
        warnings.add("The runs were not interleaved: what changed on the machine between %s and %s is in every ratio."
                .formatted(first.manifest().startedAt(), second.manifest().startedAt()));
        if (!first.manifest()
                .experiment()
                .scenario()
                .equals(second.manifest().experiment().scenario())) {
            warnings.add("The scenarios differ: %s and %s."
                    .formatted(
                            first.manifest().experiment().scenario().name(),
                            second.manifest().experiment().scenario().name()));
        }
        if (first.isDuet() != second.isDuet()) {
            warnings.add("One run has launch pairs and the other steady trials: they have no figure in common.");
        }
        return warnings;
    }
}
