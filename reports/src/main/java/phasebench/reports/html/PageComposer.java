package phasebench.reports.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Traits;
import phasebench.reports.html.PageModel.Cell;
import phasebench.reports.html.PageModel.Figure;
import phasebench.reports.html.PageModel.Group;
import phasebench.reports.html.PageModel.Head;
import phasebench.reports.html.PageModel.Line;
import phasebench.reports.html.PageModel.RawValue;
import phasebench.reports.html.PageModel.Row;
import phasebench.reports.html.PageModel.VariantFinding;
import phasebench.reports.stats.Interval;
import phasebench.reports.text.Descriptions;
import phasebench.reports.text.Figures;
import phasebench.reports.text.FloorTable;
import phasebench.reports.text.MicroTable;
import phasebench.reports.text.VerdictWording;
import phasebench.reports.text.Wording;
import phasebench.scenarios.ExperimentSpec;

/// Turns a comparison into what the page shows.
public final class PageComposer {
    private static final Metric HEADLINE = Metric.CPU_NS_PER_PACKET;

    private final RunEvidence run;
    private final ComparisonDocument comparison;
    private final TrialFiles files;

    public PageComposer(RunEvidence run, ComparisonDocument comparison, TrialFiles files) {
        this.run = run;
        this.comparison = comparison;
        this.files = files;
    }

    public PageModel page() {
        if (run.isDuet() && !run.hasRounds()) {
            return pairsPage();
        }
        if (comparison.memory() != null) {
            return memoryPage(comparison.memory());
        }
        CpuAndLatency explanation = new CpuAndLatency(run, comparison);
        PairsComposer pairs = new PairsComposer(run, comparison, files);
        return new PageModel(
                head(),
                Stream.concat(pairs.findings().stream(), findings().stream()).toList(),
                VerdictComposer.compose(run, comparison),
                comparison.warnings(),
                run.isDuet() ? pairs.pairs() : null,
                groups(),
                Arrays.stream(Metric.values()).map(this::figure).toList(),
                explanation.cpu(),
                explanation.latency(),
                LadderComposer.compose(run, comparison),
                micro(),
                new AppendixComposer(run, comparison, files).appendix(),
                null);
    }

    /// An experiment of launch pairs has no trials, and so none of their tables.
    private PageModel pairsPage() {
        PairsComposer pairs = new PairsComposer(run, comparison, files);
        return new PageModel(
                head(),
                pairs.findings(),
                VerdictComposer.compose(run, comparison),
                comparison.warnings(),
                pairs.pairs(),
                List.of(),
                List.of(),
                new PageModel.Cpu(null, List.of(), List.of()),
                new PageModel.Latency(null, List.of()),
                LadderComposer.compose(run, comparison),
                micro(),
                new AppendixComposer(run, comparison, files).appendix(),
                null);
    }

    /// Trials at several numbers of viewers have no common mean, and so none of the tables of means.
    private PageModel memoryPage(MemoryByViewers memory) {
        return new PageModel(
                head(),
                List.of(),
                null,
                comparison.warnings(),
                null,
                List.of(),
                List.of(),
                new PageModel.Cpu(null, List.of(), List.of()),
                new PageModel.Latency(null, List.of()),
                null,
                micro(),
                new AppendixComposer(run, comparison, files).appendix(),
                MemoryComposer.compose(memory));
    }

    private List<MicroTable.Row> micro() {
        return run.micro() == null ? List.of() : MicroTable.of(run.micro(), comparison);
    }

    private Head head() {
        ExperimentSpec experiment = run.manifest().experiment();
        return new Head(
                experiment.name(),
                experiment.description(),
                run.manifest().runId(),
                run.manifest().startedAt(),
                Descriptions.scenario(experiment.scenario()),
                Descriptions.plan(experiment),
                counts(),
                comparison.baseline(),
                "%.0f %%".formatted(100 * comparison.confidence()));
    }

    private String counts() {
        Stream<String> trials = comparison.trials().stream()
                .map(trial -> trial.kind().equals("profiled") ? "profiled" : trial.status());
        Stream<String> pairs = comparison.launchPairs().stream()
                .flatMap(candidate -> candidate.pairs().stream())
                .map(LaunchPairs.Pair::status);
        Map<String, Long> byStatus =
                Stream.concat(trials, pairs).collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        return List.of("measured", "invalid", "failed", "unfinished", "profiled").stream()
                .filter(byStatus::containsKey)
                .map(status -> byStatus.get(status) + " " + status)
                .collect(Collectors.joining(", "));
    }

    private List<VariantFinding> findings() {
        List<VariantFinding> findings = new ArrayList<>();
        List<String> variants = run.variants();
        for (int i = 1; i < variants.size(); i++) {
            findings.add(finding(variants.get(i), i));
        }
        return findings;
    }

    private VariantFinding finding(String variant, int index) {
        MetricResult headline = result(HEADLINE);
        List<Line> others = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (metric != HEADLINE && metric.traits().tier() != Traits.Tier.SECONDARY) {
                others.add(line(metric, variant));
            }
        }
        others.add(line(Metric.CPU_PERCENT, variant));
        VariantResult result = headline.of(variant);
        return new VariantFinding(
                run.isDuet() ? "%s against %s, by rounds".formatted(variant, comparison.baseline()) : variant,
                Ink.series(index).cssClass(),
                Descriptions.variant(run.manifest().experiment(), variant),
                result.change() == null ? "?" : Wording.change(headline, result),
                value(HEADLINE, result),
                Wording.sentence(HEADLINE, headline, result, comparison.baseline()) + "." + caveat(HEADLINE, result),
                others);
    }

    private Line line(Metric metric, String variant) {
        MetricResult result = result(metric);
        VariantResult own = result.of(variant);
        return new Line(
                value(metric, own),
                Wording.sentence(metric, result, own, comparison.baseline()) + "." + caveat(metric, own),
                metric.id());
    }

    private String value(Metric metric, VariantResult variant) {
        return VerdictWording.isCertain(comparison, variant.variant(), metric) ? Wording.value(metric, variant) : "";
    }

    /// Only beside a finding of a difference.
    private String caveat(Metric metric, VariantResult variant) {
        return Wording.value(metric, variant).isEmpty()
                ? ""
                : VerdictWording.caveat(comparison, variant.variant(), metric);
    }

    private List<Group> groups() {
        return List.of(
                group(Traits.Tier.PRIMARY, "Primary", "what an optimization is for"),
                group(Traits.Tier.GUARD, "Guards", "what it must not spoil"),
                group(Traits.Tier.SECONDARY, "Everything else", "shown without weight of its own"));
    }

    private Group group(Traits.Tier tier, String title, String note) {
        return new Group(
                title,
                note,
                Arrays.stream(Metric.values())
                        .filter(metric -> metric.traits().tier() == tier)
                        .map(this::row)
                        .toList());
    }

    private Row row(Metric metric) {
        MetricResult result = result(metric);
        Figures figures = Wording.figures(result);
        return new Row(
                metric.id(),
                metric.label(),
                figures.symbol(),
                better(metric),
                result.variants().stream()
                        .map(variant -> cell(metric, result, variant, figures))
                        .toList());
    }

    private Cell cell(Metric metric, MetricResult result, VariantResult variant, Figures figures) {
        Double mean = variant.mean();
        return new Cell(
                variant.variant(),
                mean == null ? "" : figures.number(mean),
                String.valueOf(
                        variant.change() == null
                                ? variant.n()
                                : variant.change().n()),
                Wording.change(result, variant),
                variant.finding() == null ? ownInterval(variant, figures) : Wording.interval(result, variant),
                Wording.finding(variant),
                isHint(variant),
                Wording.value(metric, variant),
                mean == null ? missing(variant) : "",
                metric == HEADLINE
                        ? FloorTable.ratio(
                                comparison.floorRatio(variant.variant()).orElse(null))
                        : "");
    }

    /// The interval of the baseline's own mean: how far its trials spread.
    private static String ownInterval(VariantResult variant, Figures figures) {
        Interval interval = variant.interval();
        return interval == null ? "" : figures.number(interval.low()) + " to " + figures.number(interval.high());
    }

    private static boolean isHint(VariantResult variant) {
        return variant.isIndicative()
                && variant.change() != null
                && variant.change().interval() != null;
    }

    private static String missing(VariantResult variant) {
        return variant.samples().stream()
                .map(Sample::missing)
                .filter(reason -> reason != null)
                .findFirst()
                .map(reason -> "not available: " + reason)
                .orElse("not available: no trial was measured");
    }

    private Figure figure(Metric metric) {
        MetricResult result = result(metric);
        Figures figures = Wording.figures(result);
        String label = "%s of every trial, by variant%s"
                .formatted(metric.label(), figures.symbol().isEmpty() ? "" : ", in " + figures.symbol());
        String svg = SamplesChart.markup(result, figures, label);
        List<RawValue> values = new ArrayList<>();
        for (VariantResult variant : result.variants()) {
            for (Sample sample : variant.samples()) {
                values.add(rawValue(variant.variant(), sample, figures));
            }
        }
        return new Figure(
                metric.id(),
                metric.label(),
                figures.symbol(),
                better(metric),
                metric.meaning(),
                metric.source(),
                svg.isEmpty() ? null : svg,
                values,
                bootstrap(result));
    }

    private static RawValue rawValue(String variant, Sample sample, Figures figures) {
        Double value = sample.value();
        return new RawValue(
                variant,
                sample.trial(),
                TrialFiles.href(sample.trial(), "trial.json"),
                value == null ? "not available: " + sample.missing() : figures.full(value));
    }

    private static List<String> bootstrap(MetricResult result) {
        return result.variants().stream()
                .filter(variant -> !Wording.bootstrap(result, variant).isEmpty())
                .map(variant -> variant.variant() + " " + Wording.bootstrap(result, variant))
                .toList();
    }

    private MetricResult result(Metric metric) {
        return comparison.result(metric);
    }

    private static String better(Metric metric) {
        Traits.Direction better = metric.traits().better();
        return better == Traits.Direction.NEITHER ? "" : better.name().toLowerCase(Locale.ROOT) + " is better";
    }
}
