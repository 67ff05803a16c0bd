package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.comparison.LadderResult.Line;
import phasebench.reports.comparison.LadderResult.Measured;
import phasebench.reports.comparison.LadderResult.Step;
import phasebench.reports.evidence.Metric;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.scenarios.Claim;
import phasebench.scenarios.ClaimUnit;
import phasebench.scenarios.CumulativeRow;
import phasebench.scenarios.OptimizationPhase;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.PlanContradictions;

/// Sets beside each phase what was claimed of it: every phase against its parent and against the start, every
/// row against what its claims are counted from.
final class LadderComparer {
    /// What is shown of every phase, claimed or not.
    private static final List<Metric> ALWAYS =
            List.of(Metric.CPU_NS_PER_PACKET, Metric.HEAP_LIVE_BYTES, Metric.GOROUTINE_EQUIVALENTS);

    private final RunEvidence run;
    private final PhaseLadder ladder;
    private final List<MetricResult> metrics;
    private final CpuByPairs cpu;

    private LadderComparer(RunEvidence run, PhaseLadder ladder, List<MetricResult> metrics, CpuByPairs cpu) {
        this.run = run;
        this.ladder = ladder;
        this.metrics = metrics;
        this.cpu = cpu;
    }

    /// Null for a run without phases.
    ///
    /// @param duet null for a run without launch pairs
    static @Nullable LadderResult compare(
            RunEvidence run, List<MetricResult> metrics, List<LaunchPairs> media, @Nullable DuetResult duet) {
        PhaseLadder ladder = run.ladder();
        return ladder == null
                ? null
                : new LadderComparer(run, ladder, metrics, CpuByPairs.of(ladder, media, duet)).result();
    }

    private LadderResult result() {
        List<Step> steps = new ArrayList<>();
        for (OptimizationPhase phase : ladder.phases()) {
            if (run.variants().contains(phase.id())) {
                steps.add(new Step(phase.id(), "phase", phase.id(), lines(phase)));
            }
        }
        for (CumulativeRow row : ladder.rows()) {
            String last = row.phases().getLast();
            if (run.variants().contains(last)) {
                steps.add(new Step(row.id(), "row", last, claimed(last, row.phases(), row.claims())));
            }
        }
        return new LadderResult(steps, PlanContradictions.of(ladder));
    }

    private List<Line> lines(OptimizationPhase phase) {
        List<Line> lines = new ArrayList<>();
        Set<Claim> shown = new LinkedHashSet<>();
        Set<String> bases =
                new LinkedHashSet<>(List.of(phase.parent(), ladder.start().id()));
        for (Metric metric : ALWAYS) {
            for (String base : bases) {
                List<Claim> expected = phase.claims().stream()
                        .filter(claim -> claim.unit() == ClaimUnit.RELATIVE)
                        .filter(claim -> ClaimedMetrics.of(claim).contains(metric))
                        .filter(claim ->
                                ladder.against(claim, List.of(phase.id())).equals(Optional.of(base)))
                        .toList();
                shown.addAll(expected);
                lines.add(line(metric, base, expected, change(metric, base, phase.id(), true)));
            }
        }
        List<Claim> others =
                phase.claims().stream().filter(claim -> !shown.contains(claim)).toList();
        lines.addAll(claimed(phase.id(), List.of(phase.id()), others));
        return lines;
    }

    /// A line for each metric of each claim.
    private List<Line> claimed(String variant, List<String> phases, List<Claim> claims) {
        List<Line> lines = new ArrayList<>();
        for (Claim claim : claims) {
            String base = ladder.against(claim, phases).orElse(null);
            for (Metric metric : ClaimedMetrics.of(claim)) {
                boolean isLevel = claim.statement() == Claim.Statement.LEVEL;
                Measured measured = isLevel
                        ? level(metric, variant)
                        : base == null
                                ? missing("the plan's figures do not say where '%s' is"
                                        .formatted(claim.against().word()))
                                : change(metric, base, variant, claim.unit() == ClaimUnit.RELATIVE);
                lines.add(line(metric, isLevel ? null : base, List.of(claim), measured));
            }
        }
        return lines;
    }

    private Line line(Metric metric, @Nullable String base, List<Claim> claims, Measured measured) {
        Double mean = base == null || !run.variants().contains(base)
                ? null
                : ComparisonDocument.find(metrics, metric).of(base).mean();
        return new Line(
                metric.id(),
                base,
                claims.stream().map(Claim::text).toList(),
                measured,
                claims.stream()
                        .map(claim -> ClaimFindings.of(claim, measured, mean == null ? 0 : mean))
                        .toList());
    }

    private Measured change(Metric metric, String base, String variant, boolean isRelative) {
        if (!run.variants().contains(base)) {
            return missing(base + " is not in this run");
        }
        Optional<Measured> byPairs = metric == Metric.CPU_NS_PER_PACKET ? cpu.between(base, variant) : Optional.empty();
        return byPairs.orElseGet(() -> ofRounds(metric, base, variant, isRelative));
    }

    private Measured ofRounds(Metric metric, String base, String variant, boolean isRelative) {
        MetricResult result = ComparisonDocument.find(metrics, metric);
        PairedSamples pairs =
                PairedSamples.of(result.of(base).samples(), result.of(variant).samples());
        if (pairs.n() == 0) {
            return missing("no round was measured in both");
        }
        long seed = run.manifest().experiment().seed();
        Change change = isRelative
                ? Change.relative(pairs.before(), pairs.after(), seed)
                : Change.absolute(pairs.before(), pairs.after(), seed);
        boolean isExact = change.scale() == Change.Scale.EXACT;
        double first = pairs.before()[0];
        if (isExact && isRelative && first != 0) {
            return new Measured("relative", change.estimate() / first, null, null, change.n(), "exact");
        }
        Interval interval = change.interval();
        return new Measured(
                change.scale() == Change.Scale.RELATIVE ? "relative" : "absolute",
                change.estimate(),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                change.n(),
                isExact ? "exact" : "");
    }

    private Measured level(Metric metric, String variant) {
        VariantResult result = ComparisonDocument.find(metrics, metric).of(variant);
        Interval interval = result.interval();
        return result.mean() == null
                ? missing("no trial was measured")
                : new Measured(
                        "level",
                        result.mean(),
                        interval == null ? null : interval.low(),
                        interval == null ? null : interval.high(),
                        result.n(),
                        interval == null && result.n() >= 2 ? "exact" : "");
    }

    private static Measured missing(String reason) {
        return new Measured("missing", null, null, null, 0, reason);
    }
}
