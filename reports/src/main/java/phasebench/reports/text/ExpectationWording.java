package phasebench.reports.text;

import java.util.List;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.LadderResult.Line;
import phasebench.reports.comparison.LadderResult.Measured;
import phasebench.reports.evidence.Metric;
import phasebench.scenarios.CumulativeRow;
import phasebench.scenarios.OptimizationPhase;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.PlanEntry;

/// Says in words what was expected of a phase and what was measured; every page uses the same ones.
public final class ExpectationWording {
    private ExpectationWording() {}

    /// The metric's name on pages.
    public static String metric(Line line) {
        return find(line).label();
    }

    /// `against x`, or that the numbers are where the metric ended.
    public static String against(Line line) {
        return line.against() == null ? "level" : "against " + line.against();
    }

    /// The claims, or that there is none.
    public static String expected(Line line) {
        return line.expected().isEmpty() ? "no claim" : String.join("; ", line.expected());
    }

    /// The change or level, without its interval; why there is none, where there is none.
    public static String measured(Line line, ComparisonDocument comparison) {
        Measured measured = line.measured();
        Double estimate = measured.estimate();
        return estimate == null ? "not available: " + measured.note() : number(line, comparison, estimate);
    }

    /// `−5.1 % to −3.2 %`; `exact` where nothing varied; that there is none with a single trial.
    public static String interval(Line line, ComparisonDocument comparison) {
        Measured measured = line.measured();
        Double low = measured.low();
        Double high = measured.high();
        if (measured.estimate() == null) {
            return "";
        }
        if (low == null || high == null) {
            return isExact(measured) ? measured.note() : "no interval";
        }
        return number(line, comparison, low) + " to " + number(line, comparison, high);
    }

    /// How launch pairs say so; empty where it comes from rounds, or not at all.
    public static String how(Line line) {
        Measured measured = line.measured();
        return measured.estimate() == null || isExact(measured) ? "" : measured.note();
    }

    private static boolean isExact(Measured measured) {
        return measured.note().equals("exact");
    }

    /// Risk, way back, test need and decision of a phase; the phases of a row.
    public static List<String> facts(PhaseLadder ladder, String id) {
        return ladder.phase(id)
                .map(ExpectationWording::facts)
                .orElseGet(() -> ladder.rows().stream()
                        .filter(row -> row.id().equals(id))
                        .map(row -> "together: " + String.join(", ", row.phases()))
                        .toList());
    }

    /// What the phase or row is.
    public static String description(PhaseLadder ladder, String id) {
        return ladder.phase(id)
                .map(OptimizationPhase::description)
                .orElseGet(() -> ladder.rows().stream()
                        .filter(row -> row.id().equals(id))
                        .map(CumulativeRow::description)
                        .findFirst()
                        .orElse(""));
    }

    private static List<String> facts(OptimizationPhase phase) {
        PlanEntry plan = phase.plan();
        return List.of(
                "risk " + withText(plan.risk().level(), plan.risk().text()),
                "way back " + withText(plan.rollback().ease(), plan.rollback().text()),
                "test need " + inWords(plan.testNeed()),
                plan.item().isEmpty()
                        ? "beyond the plan"
                        : "decision then: %s (plan item %s)".formatted(inWords(plan.decision()), plan.item()));
    }

    private static String withText(PlanEntry.Word word, String text) {
        return text.isEmpty() ? inWords(word) : inWords(word) + " (" + text + ")";
    }

    private static String inWords(PlanEntry.Word word) {
        return word.word().replace('-', ' ');
    }

    private static String number(Line line, ComparisonDocument comparison, double value) {
        MetricResult result = comparison.result(find(line));
        return switch (line.measured().kind()) {
            case "relative" -> Figures.percent(value);
            case "level" -> Wording.figures(result).full(value);
            default -> Wording.figures(result).asDifference().signed(value);
        };
    }

    private static Metric find(Line line) {
        return Metric.byId(line.metric()).orElseThrow();
    }
}
