package phasebench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import phasebench.scenarios.Claim;
import phasebench.scenarios.CumulativeRow;
import phasebench.scenarios.OptimizationPhase;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.PlanContradictions;
import phasebench.scenarios.PlanEntry;

/// Phases and their claims as people read them.
final class PhaseText {
    private PhaseText() {}

    /// The whole plan, and where it contradicts itself.
    static String of(PhaseLadder ladder) {
        StringJoiner text = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        text.add("phases %s: %s".formatted(ladder.name(), ladder.description()));
        text.add("start %s: %s %s"
                .formatted(
                        ladder.start().id(),
                        ladder.start().description(),
                        ladder.start().settings()));
        for (OptimizationPhase phase : ladder.phases()) {
            text.add("phase %s on %s: %s %s"
                    .formatted(phase.id(), phase.parent(), phase.description(), phase.changes()));
            lines(phase).forEach(line -> text.add("  " + line));
        }
        for (CumulativeRow row : ladder.rows()) {
            text.add("row %s (%s): %s".formatted(row.id(), String.join(", ", row.phases()), row.description()));
            text.add("  claims: " + claims(row.claims()));
        }
        List<String> contradictions = PlanContradictions.of(ladder);
        text.add(
                contradictions.isEmpty()
                        ? "the plan does not contradict itself"
                        : "the plan contradicts itself in %d places:".formatted(contradictions.size()));
        contradictions.forEach(sentence -> text.add("  " + sentence));
        return text.toString();
    }

    /// Claims, risk, way back and decision, a line each.
    static List<String> lines(OptimizationPhase phase) {
        PlanEntry plan = phase.plan();
        List<String> lines = new ArrayList<>();
        lines.add("claims: " + claims(phase.claims()));
        lines.add("risk: " + withText(plan.risk().level(), plan.risk().text()));
        lines.add(
                "way back: " + withText(plan.rollback().ease(), plan.rollback().text()));
        lines.add(
                plan.item().isEmpty()
                        ? "beyond the plan; test need: " + plan.testNeed().word()
                        : "plan item %s; decision then: %s; test need: %s"
                                .formatted(
                                        plan.item(),
                                        plan.decision().word(),
                                        plan.testNeed().word()));
        return lines;
    }

    private static String claims(List<Claim> claims) {
        return claims.isEmpty() ? "none" : claims.stream().map(PhaseText::claim).collect(Collectors.joining("; "));
    }

    private static String claim(Claim claim) {
        return claim.statement() == Claim.Statement.LEVEL
                ? claim.text()
                : "%s (%s, against %s)"
                        .formatted(
                                claim.text(),
                                claim.unit().word(),
                                claim.against().word());
    }

    private static String withText(PlanEntry.Word word, String text) {
        return text.isEmpty() ? word.word() : word.word() + " (" + text + ")";
    }
}
