package phasebench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.DuetResult;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.evidence.Unit;
import phasebench.reports.html.PageModel.FileLink;
import phasebench.reports.html.PageModel.Line;
import phasebench.reports.html.PageModel.PairCheck;
import phasebench.reports.html.PageModel.PairRow;
import phasebench.reports.html.PageModel.Pairs;
import phasebench.reports.html.PageModel.VariantFinding;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.text.Descriptions;
import phasebench.reports.text.DuetWording;
import phasebench.reports.text.Figures;
import phasebench.reports.text.VerdictWording;
import phasebench.reports.text.Wording;

/// The launch pairs of a run as the page shows them.
final class PairsComposer {
    private final RunEvidence run;
    private final ComparisonDocument comparison;
    private final TrialFiles files;

    PairsComposer(RunEvidence run, ComparisonDocument comparison, TrialFiles files) {
        this.run = run;
        this.comparison = comparison;
        this.files = files;
    }

    List<VariantFinding> findings() {
        List<VariantFinding> findings = new ArrayList<>();
        for (LaunchPairs couple : comparison.launchPairs()) {
            Double ratio = couple.ratio();
            findings.add(new VariantFinding(
                    couple.label(comparison.baseline()),
                    Ink.series(findings.size() + 1).cssClass(),
                    Descriptions.variant(run.manifest().experiment(), couple.variant()),
                    ratio == null ? "?" : "× " + Wording.ratio(ratio),
                    value(couple),
                    Wording.sentence(couple) + "."
                            + VerdictWording.caveat(
                                    comparison, couple.baseline(), couple.variant(), Metric.CPU_NS_PER_PACKET),
                    others(couple)));
        }
        return findings;
    }

    /// The same couple without media, and at the scenario's rate.
    private List<Line> others(LaunchPairs couple) {
        List<Line> lines = new ArrayList<>();
        duet().idle().stream()
                .filter(idle -> idle.baseline().equals(couple.baseline())
                        && idle.variant().equals(couple.variant()))
                .forEach(idle -> lines.add(new Line(value(idle), Wording.sentence(idle) + ".", "pairs")));
        duet().composed().stream()
                .filter(composed -> composed.baseline().equals(couple.baseline())
                        && composed.candidate().equals(couple.variant()))
                .forEach(composed -> lines.add(new Line("", DuetWording.sentence(composed) + ".", "pairs")));
        return lines;
    }

    private DuetResult duet() {
        DuetResult duet = comparison.duet();
        return duet == null ? new DuetResult(List.of(), List.of(), List.of(), Map.of()) : duet;
    }

    private String value(LaunchPairs candidate) {
        if (!VerdictWording.isCertain(
                comparison, candidate.baseline(), candidate.variant(), Metric.CPU_NS_PER_PACKET)) {
            return "";
        }
        return switch (candidate.finding()) {
            case "lower" -> "better";
            case "higher" -> "worse";
            default -> "";
        };
    }

    Pairs pairs() {
        MetricResult ratios = LaunchPairs.ratios(comparison.launchPairs(), comparison.baseline());
        String svg = SamplesChart.markup(
                ratios,
                Figures.of(Unit.COUNT, 1),
                "CPU per forwarded packet of every launch pair, candidate / baseline, by couple");
        List<PairRow> rows = Stream.concat(comparison.launchPairs().stream(), duet().idle().stream())
                .flatMap(couple -> couple.pairs().stream())
                .map(this::row)
                .toList();
        return new Pairs(svg.isEmpty() ? null : svg, rows, checks(), costs());
    }

    private List<PairCheck> checks() {
        return duet().checks().stream()
                .map(check -> new PairCheck(check.sentence() + ".", check.isSuspicious()))
                .toList();
    }

    private List<String> costs() {
        List<String> costs = new ArrayList<>();
        for (String prefix : List.of("", "idle: ")) {
            String cost = DuetWording.cost(duet().stageSeconds(), prefix);
            if (!cost.isEmpty()) {
                costs.add("What %s launch pair takes: %s.".formatted(prefix.isEmpty() ? "a" : "an idle", cost));
            }
        }
        return costs;
    }

    private PairRow row(LaunchPairs.Pair pair) {
        Double ratio = pair.ratio();
        return new PairRow(
                pair.pair(),
                TrialFiles.href(pair.pair(), "pair.json"),
                pair.order().replace('_', ' ') + (pair.controls().areCoresSwapped() ? ", cores swapped" : ""),
                pair.status(),
                pair.reasons(),
                ratio == null ? "" : Wording.ratio(ratio),
                ratio == null ? "" : Wording.spread(pair),
                DuetWording.otherRatios(pair),
                cost(pair.baselineNsPerPacket()),
                cost(pair.candidateNsPerPacket()),
                both(pair, use -> use.jitShare()),
                both(pair, use -> use.gcShare()),
                core(pair),
                files(pair));
    }

    private static String cost(@Nullable Double nsPerPacket) {
        return nsPerPacket == null ? "" : Figures.time(nsPerPacket);
    }

    private static String both(LaunchPairs.Pair pair, ToDoubleFunction<PairWindow.Use> share) {
        return pair.windows().isEmpty()
                ? ""
                : percent(pair, window -> share.applyAsDouble(window.baseline())) + " / "
                        + percent(pair, window -> share.applyAsDouble(window.candidate()));
    }

    private static String core(LaunchPairs.Pair pair) {
        return pair.windows().isEmpty()
                ? ""
                : percent(pair, PairWindow::coreBusyShare) + " busy, " + percent(pair, PairWindow::relaysShare)
                        + " by the two";
    }

    /// Mean over all windows of the pair.
    private static String percent(LaunchPairs.Pair pair, ToDoubleFunction<PairWindow> share) {
        double mean = pair.windows().stream()
                .mapToDouble(window -> share.applyAsDouble(window.figures()))
                .average()
                .orElse(Double.NaN);
        return String.format(Locale.ROOT, "%.1f %%", 100 * mean);
    }

    private List<FileLink> files(LaunchPairs.Pair pair) {
        return run.pairs().stream()
                .filter(one -> one.id().directoryName().equals(pair.pair()))
                .findFirst()
                .map(PairRecord::files)
                .map(named -> named.entrySet().stream()
                        .map(file -> files.linkInPair(pair.pair(), file.getKey(), file.getValue()))
                        .toList())
                .orElse(List.of());
    }
}
