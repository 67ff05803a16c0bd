package phasebench.reports.gate;

import phasebench.reports.gate.GateCase.Result;

/// A decision as Markdown, for a comment on a pull request.
public final class GateMarkdown {
    private GateMarkdown() {}

    public static String render(GateDecision decision) {
        StringBuilder text = new StringBuilder();
        text.append("## phasebench gate: ").append(headline(decision)).append("\n\n");
        if (!decision.cases().isEmpty()) {
            text.append("| phase | metric | verdict | what was measured |\n|---|---|---|---|\n");
            for (GateCase one : decision.cases()) {
                text.append("| %s | %s | %s | %s |%n"
                        .formatted(
                                cell(one.variant()),
                                cell(one.metric()),
                                one.result() == Result.PASSED
                                        ? "passed"
                                        : "**" + one.result().word() + "**",
                                cell(one.message()))
                        .replace("\r\n", "\n"));
            }
            text.append('\n');
        }
        for (String note : decision.notes()) {
            text.append("- ").append(note.replace('\n', ' ')).append('\n');
        }
        text.append("\nPolicy `%s`, run `%s`.\n".formatted(decision.policy(), decision.runId()));
        return text.toString();
    }

    /// The decision in a few words.
    public static String headline(GateDecision decision) {
        return switch (decision.result()) {
            case PASSED -> "passed";
            case REGRESSED -> "stopped, a metric regressed";
            case REFUTED -> "stopped, a claim is refuted";
            case INVALID -> "stopped, the evidence is not valid";
            case INCONCLUSIVE -> "stopped, inconclusive";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
