package phasebench.reports.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.evidence.Metric;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.reports.verdict.Judgements;

/// The file `comparison.json`: every figure that a report shows, unrounded and in the units that the ids
/// name.
///
/// @param confidence of every interval (0-1)
/// @param metrics in the order of the catalogue
/// @param launchPairs with media, one for each couple; none in an experiment of steady trials
/// @param trials in the order of their beginning, those cut short last
/// @param warnings what a reader must know before trusting a number
/// @param floorRatios one for each variant, baseline first; empty when no floor was measured
/// @param ladder what was expected of each phase beside what was measured; null for a run without phases
/// @param judgements the verdicts about primary metrics; null in files from before there were any
/// @param memory what a viewer costs in memory; null for a run with one number of viewers
/// @param duet what the launch pairs say beside their ratios; null for a run without
public record ComparisonDocument(
        int schemaVersion,
        String runId,
        String baseline,
        double confidence,
        List<MetricResult> metrics,
        List<LaunchPairs> launchPairs,
        List<TrialSummary> trials,
        List<String> warnings,
        List<FloorRatio> floorRatios,
        @Nullable LadderResult ladder,
        @Nullable Judgements judgements,
        @Nullable MemoryByViewers memory,
        @Nullable DuetResult duet) {
    /// The version that this code writes. 2: ladder, launch pairs.
    public static final int SCHEMA_VERSION = 2;

    public ComparisonDocument {
        metrics = List.copyOf(metrics);
        launchPairs = List.copyOf(launchPairs);
        trials = List.copyOf(trials);
        warnings = List.copyOf(warnings);
        floorRatios = List.copyOf(floorRatios);
    }

    /// The result of one metric of the catalogue.
    public MetricResult result(Metric metric) {
        return find(metrics, metric);
    }

    /// CPU per packet of a variant against its floor; empty when no floor was measured.
    public Optional<FloorRatio> floorRatio(String variant) {
        return floorRatios.stream()
                .filter(ratio -> ratio.variant().equals(variant))
                .findFirst();
    }

    static MetricResult find(List<MetricResult> metrics, Metric metric) {
        return metrics.stream()
                .filter(result -> result.metric().equals(metric.id()))
                .findFirst()
                .orElseThrow();
    }

    /// One metric under all variants.
    ///
    /// @param metric id in the catalogue
    /// @param variants baseline first
    public record MetricResult(String metric, String unit, List<VariantResult> variants) {
        public MetricResult {
            variants = List.copyOf(variants);
        }

        public VariantResult of(String variant) {
            return variants.stream()
                    .filter(result -> result.variant().equals(variant))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// One metric under one variant.
    ///
    /// @param mean over the measured trials, on the log scale where the metric is compared by ratios; null if none
    /// @param interval of that mean; null with fewer than two trials, or where nothing varies
    /// @param change against the baseline; null for the baseline itself and without a common round
    /// @param finding `lower`, `higher`, `~` (no supported difference) or `need >= N trials`; null for the baseline
    /// @param isIndicative whether the pairs are too few for more than a hint
    /// @param samples one for each measured trial, in the order of their beginning
    public record VariantResult(
            String variant,
            @Nullable Double mean,
            @Nullable Interval interval,
            @Nullable Change change,
            @Nullable String finding,
            boolean isIndicative,
            List<Sample> samples) {
        public VariantResult {
            samples = List.copyOf(samples);
        }

        /// Samples that have a number.
        public int n() {
            return (int)
                    samples.stream().filter(sample -> sample.value() != null).count();
        }
    }

    /// One trial's number, or why it has none.
    public record Sample(
            String trial,
            int round,
            @Nullable Double value,
            @Nullable String missing) {}

    /// One trial, whatever became of it.
    ///
    /// @param status `measured`, `invalid`, `failed` or `unfinished`
    /// @param cpuNsByRole CPU time in the window by thread role
    public record TrialSummary(
            String trial,
            String kind,
            String variant,
            String status,
            List<String> reasons,
            Map<String, Long> cpuNsByRole,
            Map<String, Integer> srtpProfiles) {
        public TrialSummary {
            reasons = List.copyOf(reasons);
        }
    }
}
