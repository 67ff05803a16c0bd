package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.comparison.ComparisonDocument.TrialSummary;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.CpuByRole;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Reading;
import phasebench.reports.evidence.Traits;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Finding;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.Means;
import phasebench.reports.stats.StudentT;
import phasebench.reports.verdict.Judgements;

/// Computes the comparison from a run's evidence; the same evidence gives the same document.
public final class Comparer {
    private final RunEvidence run;
    private final String baseline;

    private Comparer(RunEvidence run) {
        this.run = run;
        this.baseline = run.manifest().experiment().baseline();
    }

    public static ComparisonDocument compare(RunEvidence run) {
        Comparer comparer = new Comparer(run);
        List<MetricResult> metrics =
                Arrays.stream(Metric.values()).map(comparer::metric).toList();
        List<LaunchPairs> pairs = LaunchPairs.of(run, PairKind.MEDIA);
        DuetResult duet = DuetComparer.compare(run, pairs, ComparisonDocument.find(metrics, Metric.CPU_NS_PER_PACKET));
        MemoryByViewers memory = MemoryComparer.compare(run);
        List<String> warnings = new ArrayList<>(new RunWarnings(run, metrics, pairs, duet).all());
        if (memory != null) {
            warnings.addAll(MemoryWarnings.of(memory));
        }
        return new ComparisonDocument(
                ComparisonDocument.SCHEMA_VERSION,
                run.manifest().runId(),
                comparer.baseline,
                Change.CONFIDENCE,
                metrics,
                pairs,
                comparer.trials(),
                warnings,
                comparer.floorRatios(ComparisonDocument.find(metrics, Metric.CPU_NS_PER_PACKET)),
                LadderComparer.compare(run, metrics, pairs, duet),
                Judgements.of(run, RunFamily.rules(run)),
                memory,
                duet);
    }

    private List<FloorRatio> floorRatios(MetricResult cpu) {
        FloorEvidence floor = run.floor();
        return floor == null || run.isOverViewers()
                ? List.of()
                : cpu.variants().stream()
                        .map(variant -> FloorRatio.of(run, floor, variant.variant(), variant.mean()))
                        .toList();
    }

    private MetricResult metric(Metric metric) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (String variant : run.variants()) {
            samples.put(variant, samples(metric, variant));
        }
        List<VariantResult> results = new ArrayList<>();
        samples.forEach((variant, own) -> results.add(result(metric, variant, own, samples)));
        return new MetricResult(metric.id(), metric.unit().symbol(), results);
    }

    private List<Sample> samples(Metric metric, String variant) {
        return run.measured(variant).stream()
                .map(trial -> switch (metric.of(trial)) {
                    case Reading.Value(double value) -> sample(trial, value, null);
                    case Reading.Missing(String reason) -> sample(trial, null, reason);
                })
                .toList();
    }

    private static Sample sample(TrialRecord trial, @Nullable Double value, @Nullable String missing) {
        return new Sample(trial.id().directoryName(), trial.id().round(), value, missing);
    }

    private VariantResult result(Metric metric, String variant, List<Sample> own, Map<String, List<Sample>> all) {
        double[] values = values(own);
        Double mean = values.length == 0 ? null : mean(metric, values);
        Interval interval = interval(metric, values);
        if (variant.equals(baseline)) {
            return new VariantResult(variant, mean, interval, null, null, false, own);
        }
        Change change = change(metric, variant, all.getOrDefault(baseline, List.of()), own);
        Finding finding = Finding.of(change);
        return new VariantResult(variant, mean, interval, change, word(finding), finding.isIndicative(), own);
    }

    private @Nullable Change change(Metric metric, String variant, List<Sample> baselineSamples, List<Sample> own) {
        PairedSamples pairs = PairedSamples.of(baselineSamples, own);
        if (pairs.n() == 0) {
            return null;
        }
        long seed = run.manifest().experiment().seed() + 31L * metric.id().hashCode() + variant.hashCode();
        return switch (metric.traits().comparison()) {
            case RATIO -> Change.relative(pairs.before(), pairs.after(), seed);
            case DIFFERENCE -> Change.absolute(pairs.before(), pairs.after(), seed);
        };
    }

    private static double[] values(List<Sample> samples) {
        return samples.stream()
                .map(Sample::value)
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double mean(Metric metric, double[] values) {
        return isOnLogScale(metric, values) ? Means.geometric(values) : Means.arithmetic(values);
    }

    private static @Nullable Interval interval(Metric metric, double[] values) {
        if (values.length < 2 || Means.standardDeviation(values) == 0) {
            return null;
        }
        if (!isOnLogScale(metric, values)) {
            return StudentT.ofMean(values, Change.CONFIDENCE);
        }
        Interval logs = StudentT.ofMean(Arrays.stream(values).map(Math::log).toArray(), Change.CONFIDENCE);
        return new Interval(Math.exp(logs.estimate()), Math.exp(logs.low()), Math.exp(logs.high()), logs.confidence());
    }

    private static boolean isOnLogScale(Metric metric, double[] values) {
        return metric.traits().comparison() == Traits.Comparison.RATIO
                && Arrays.stream(values).allMatch(value -> value > 0);
    }

    private static String word(Finding finding) {
        return switch (finding) {
            case Finding.ClearlyLower _ -> "lower";
            case Finding.ClearlyHigher _ -> "higher";
            case Finding.NoSupportedDifference _ -> "~";
            case Finding.NotEnoughData(int _, int nNeeded) -> "need >= " + nNeeded + " trials";
        };
    }

    private List<TrialSummary> trials() {
        List<TrialSummary> summaries = new ArrayList<>();
        for (TrialRecord trial : run.trials()) {
            LoadEvidence load = trial.load();
            summaries.add(new TrialSummary(
                    trial.id().directoryName(),
                    trial.id().kind().name().toLowerCase(Locale.ROOT),
                    trial.id().variant(),
                    Outcomes.status(trial.outcome()),
                    Outcomes.reasons(trial.outcome()),
                    CpuByRole.of(trial).cpuNs(),
                    load == null ? Map.of() : load.srtpProfiles()));
        }
        for (String name : run.unfinished()) {
            summaries.add(new TrialSummary(
                    name, "", "", "unfinished", List.of("the run ended before the trial did"), Map.of(), Map.of()));
        }
        return summaries;
    }
}
