package phasebench.reports.text;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.LadderResult.ClaimFinding;
import phasebench.reports.stats.Interval;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;

/// Every verdict, one per line (RFC 4180), for other tools: of kind `comparison`, with ratios, and of
/// kind `claim`, with the change or level that the claim was held against.
public final class VerdictsCsv {
    private static final String HEADER =
            "kind,phase,candidate,baseline,metric,verdict,estimate,low,high,confidence,n,familySize,morePairs,claim,reason,warnings";

    private VerdictsCsv() {}

    public static String render(ComparisonDocument comparison) {
        StringBuilder out = new StringBuilder(HEADER).append("\r\n");
        Judgements judgements = comparison.judgements();
        if (judgements != null) {
            judgements.all().forEach(judgement -> out.append(line(judgement)).append("\r\n"));
        }
        LadderResult ladder = comparison.ladder();
        if (ladder != null) {
            for (LadderResult.Step step : ladder.steps()) {
                for (LadderResult.Line line : step.lines()) {
                    line.claims()
                            .forEach(claim -> out.append(claim(comparison, step, line, claim))
                                    .append("\r\n"));
                }
            }
        }
        return out.toString();
    }

    private static String line(Judgement judgement) {
        Interval interval = judgement.interval();
        return String.join(
                ",",
                "comparison",
                "",
                judgement.comparison().candidate(),
                judgement.comparison().baseline(),
                judgement.comparison().metric(),
                judgement.verdict().word(),
                text(judgement.ratio()),
                interval == null ? "" : text(interval.low()),
                interval == null ? "" : text(interval.high()),
                interval == null ? "" : text(interval.confidence()),
                text(judgement.n()),
                text(judgement.familySize()),
                text(judgement.morePairs()),
                "",
                quoted(judgement.reason()),
                quoted(String.join(" ", judgement.warnings())));
    }

    private static String claim(
            ComparisonDocument comparison, LadderResult.Step step, LadderResult.Line line, ClaimFinding claim) {
        List<String> fields = List.of(
                "claim",
                step.id(),
                step.variant(),
                Objects.requireNonNullElse(line.against(), ""),
                line.metric(),
                claim.verdict().word(),
                text(line.measured().estimate()),
                text(line.measured().low()),
                text(line.measured().high()),
                text(line.measured().low() == null ? null : comparison.confidence()),
                text(line.measured().n()),
                "",
                "",
                quoted(claim.claim()),
                quoted(claim.reason()),
                "");
        return String.join(",", fields);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
