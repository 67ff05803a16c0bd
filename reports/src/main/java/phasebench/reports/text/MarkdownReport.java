package phasebench.reports.text;

import java.util.List;
import java.util.stream.Collectors;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.comparison.DuetResult;
import phasebench.reports.comparison.FloorRatio;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Traits;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;

/// The report for a pull request: sentences and the table, no pictures.
public final class MarkdownReport {
    private final RunEvidence run;
    private final ComparisonDocument comparison;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(RunEvidence run, ComparisonDocument comparison) {
        this.run = run;
        this.comparison = comparison;
    }

    public static String render(RunEvidence run, ComparisonDocument comparison) {
        MarkdownReport report = new MarkdownReport(run, comparison);
        report.head();
        if (run.isDuet()) {
            report.pairSentences();
        }
        if (run.hasRounds() && comparison.memory() == null) {
            report.sentences();
        }
        report.verdicts();
        report.warnings();
        if (comparison.memory() != null) {
            report.out.append(MemoryMarkdown.of(comparison.memory()));
        }
        if (run.isDuet()) {
            report.pairs();
        }
        if (run.hasRounds() && comparison.memory() == null) {
            report.table();
            report.meaning();
        }
        report.expectations();
        report.floor();
        report.micro();
        report.end();
        return report.out.toString();
    }

    private void head() {
        line("## phasebench: " + escape(run.manifest().experiment().name()));
        line("");
        line(escape(run.manifest().experiment().description()) + ".");
        line("");
        line("Scenario "
                + escape(Descriptions.scenario(run.manifest().experiment().scenario())) + ".");
        line("");
    }

    private void sentences() {
        List<String> variants = run.variants();
        MetricResult result = comparison.result(Metric.CPU_NS_PER_PACKET);
        for (String variant : variants.subList(1, variants.size())) {
            line("- **%s** against %s: %s."
                    .formatted(
                            variant,
                            comparison.baseline(),
                            escape(Wording.sentence(
                                    Metric.CPU_NS_PER_PACKET, result, result.of(variant), comparison.baseline()))));
        }
        line("");
    }

    private void verdicts() {
        Judgements judgements = comparison.judgements();
        if (judgements == null || judgements.all().isEmpty()) {
            return;
        }
        line("### Verdicts");
        line("");
        line("| candidate | against | metric | verdict | ratio | interval | n |");
        line("|---|---|---|---|---:|---:|---:|");
        for (Judgement judgement : judgements.all()) {
            String more = VerdictWording.more(judgement);
            line("| %s | %s | %s | **%s**%s | %s | %s | %s |"
                    .formatted(
                            judgement.comparison().candidate(),
                            judgement.comparison().baseline(),
                            VerdictWording.metric(judgement),
                            judgement.verdict().word(),
                            more.isEmpty() ? "" : ": " + more,
                            VerdictWording.ratio(judgement),
                            VerdictWording.interval(judgement),
                            VerdictWording.n(judgement)));
        }
        line("");
        line("Ratio: candidate / baseline, lower is better. %s.".formatted(VerdictWording.rules(judgements, run)));
        line("");
        for (Judgement judgement : judgements.all()) {
            for (String warning : judgement.warnings()) {
                line("- %s, %s: %s"
                        .formatted(
                                judgement.comparison().candidate(), VerdictWording.metric(judgement), escape(warning)));
            }
        }
        line("");
    }

    private void warnings() {
        for (String warning : comparison.warnings()) {
            line("> ⚠ " + escape(warning));
            line(">");
        }
        line("");
    }

    private void table() {
        List<String> variants = run.variants();
        line("| metric | " + String.join(" | ", variants) + " |");
        line("|---|" + "---:|".repeat(variants.size()));
        for (Metric metric : Metric.values()) {
            row(metric, comparison.result(metric));
        }
        line("");
    }

    private void row(Metric metric, MetricResult result) {
        Figures figures = Wording.figures(result);
        String name = metric.traits().tier() == Traits.Tier.SECONDARY ? metric.label() : "**" + metric.label() + "**";
        String unit = figures.symbol().isEmpty() ? "" : " (" + figures.symbol() + ")";
        StringBuilder row = new StringBuilder("| " + name + unit + " |");
        for (VariantResult variant : result.variants()) {
            row.append(' ').append(cell(result, variant, figures)).append(" |");
        }
        line(row.toString());
    }

    private static String cell(MetricResult result, VariantResult variant, Figures figures) {
        Double mean = variant.mean();
        if (mean == null) {
            return "n/a";
        }
        String change = Wording.change(result, variant);
        String interval = Wording.interval(result, variant);
        String mark = "~".equals(variant.finding()) ? (change.isEmpty() ? "=" : "~ ") : "";
        return figures.number(mean)
                + (mark.isEmpty() && change.isEmpty() ? "" : "<br>" + mark + escape(change))
                + (interval.isEmpty() ? "" : " [" + interval + "]");
    }

    private void micro() {
        if (run.micro() == null) {
            return;
        }
        line("In the function (JMH: CPU ns and heap bytes for each operation; explains, decides nothing), and in the"
                + " process:");
        line("");
        line("| phase | function | before | after | in the function | bytes | in the process |");
        line("|---|---|---:|---:|---:|---:|---:|");
        for (MicroTable.Row row : MicroTable.of(run.micro(), comparison)) {
            line("| %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            row.phase(),
                            row.what(),
                            row.before(),
                            row.after(),
                            row.change(),
                            row.bytes(),
                            row.process()));
        }
        line("");
    }

    private void floor() {
        FloorEvidence floor = run.floor();
        if (floor == null) {
            return;
        }
        FloorTable table = FloorTable.of(floor);
        line("**What this machine charges for the bare minimum**: " + escape(table.caption()) + ".");
        line("");
        line("| sent by | sink | " + String.join(" | ", table.columns()) + " |");
        line("|---|---|" + "---:|".repeat(table.columns().size()));
        for (FloorTable.Row row : table.rows()) {
            line("| %s | %s | %s |".formatted(row.send(), row.sink(), String.join(" | ", row.cells())));
        }
        line("");
        table.missing().forEach(missing -> line("- n/a: " + escape(missing)));
        for (FloorRatio ratio : comparison.floorRatios()) {
            String missing = ratio.missing();
            line("- %s: %s"
                    .formatted(
                            ratio.variant(),
                            missing == null
                                    ? "CPU per packet is %s (queued), %s (dropped) and %s (paced) times the floor of %s"
                                            .formatted(
                                                    FloorTable.times(ratio.queuedRatio()),
                                                    FloorTable.times(ratio.droppedRatio()),
                                                    FloorTable.times(ratio.pacedRatio()),
                                                    ratio.floor())
                                    : "no floor: " + escape(missing)));
        }
        line("");
    }

    private void pairSentences() {
        for (LaunchPairs couple : comparison.launchPairs()) {
            pairSentence(couple);
        }
        DuetResult duet = comparison.duet();
        if (duet != null) {
            duet.idle().forEach(this::pairSentence);
            duet.composed().forEach(composed -> line("- " + escape(DuetWording.sentence(composed)) + "."));
        }
        line("");
    }

    private void pairSentence(LaunchPairs couple) {
        line("- **%s** against %s: %s."
                .formatted(couple.variant(), couple.baseline(), escape(Wording.sentence(couple))));
    }

    /// Only for a ladder.
    private void expectations() {
        LadderResult ladder = comparison.ladder();
        if (ladder == null) {
            return;
        }
        line("### Expected and measured");
        line("");
        line("| phase | metric | against | expected | measured | n | claim |");
        line("|---|---|---|---|---:|---:|---|");
        for (LadderResult.Step step : ladder.steps()) {
            for (LadderResult.Line expectation : step.lines()) {
                String interval = ExpectationWording.interval(expectation, comparison);
                String how = ExpectationWording.how(expectation);
                line("| %s | %s | %s | %s | %s | %d%s | %s |"
                        .formatted(
                                step.id(),
                                ExpectationWording.metric(expectation),
                                expectation.against() == null ? "(level)" : expectation.against(),
                                escape(ExpectationWording.expected(expectation)),
                                escape(ExpectationWording.measured(expectation, comparison))
                                        + (interval.isEmpty() ? "" : " [" + interval + "]"),
                                expectation.measured().n(),
                                how.isEmpty() ? "" : " (" + how + ")",
                                expectation.claims().stream()
                                        .map(claim -> claim.verdict().word())
                                        .collect(Collectors.joining("; "))));
            }
        }
        line("");
        ladder.contradictions().forEach(sentence -> line("- The plan contradicts itself: " + escape(sentence)));
        line("");
    }

    private void pairs() {
        line("| launch pair | ratio | windows | baseline (ns) | candidate (ns) |");
        line("|---|---:|---:|---:|---:|");
        for (LaunchPairs couple : comparison.launchPairs()) {
            couple.pairs().forEach(this::pair);
        }
        DuetResult duet = comparison.duet();
        if (duet != null) {
            duet.idle().forEach(couple -> couple.pairs().forEach(this::pair));
        }
        line("");
        line(("Ratio of CPU per forwarded packet (idle pairs: per viewer-second), candidate / baseline, of two relays"
                        + " alive at the same time on one core; the interval is %.0f %% by t on the log ratios, one"
                        + " per launch pair.")
                .formatted(100 * comparison.confidence()));
        line("");
        if (duet != null) {
            controls(duet);
        }
    }

    /// What should make no difference, and what a launch pair costs.
    private void controls(DuetResult duet) {
        duet.checks().forEach(check -> line("- " + escape(check.sentence()) + "."));
        for (String prefix : List.of("", "idle: ")) {
            String cost = DuetWording.cost(duet.stageSeconds(), prefix);
            if (!cost.isEmpty()) {
                line("- What %s launch pair takes: %s.".formatted(prefix.isEmpty() ? "a" : "an idle", cost));
            }
        }
        line("");
    }

    private void pair(LaunchPairs.Pair pair) {
        Double ratio = pair.ratio();
        Double baseline = pair.baselineNsPerPacket();
        Double candidate = pair.candidateNsPerPacket();
        if (ratio == null || baseline == null || candidate == null) {
            line("| %s | %s | %s | | |"
                    .formatted(pair.pair(), pair.status(), escape(String.join("; ", pair.reasons()))));
            return;
        }
        line("| %s | %s | %s | %s | %s |"
                .formatted(
                        pair.pair(),
                        Wording.ratio(ratio),
                        Wording.spread(pair),
                        Figures.significant(baseline, 4),
                        Figures.significant(candidate, 4)));
    }

    private void meaning() {
        line(("Change against %s with its %.0f %% interval (t on log ratios, paired by round)."
                        + " `~`: no supported difference; `=`: the same in every trial.")
                .formatted(comparison.baseline(), 100 * comparison.confidence()));
        line("");
    }

    private void end() {
        for (String variant : run.hasRounds() && !run.isOverViewers() ? run.variants() : List.<String>of()) {
            line("%s: n = %d.".formatted(variant, run.measured(variant).size()));
        }
        line(VerificationSentence.of(run));
        line("Repeat: `%s`".formatted(Descriptions.command(run.manifest().repeatCommand())));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /// Keeps text from being taken for markup by GitHub's Markdown, which also reads HTML.
    static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("[", "\\[")
                .replace("\n", " ");
    }
}
