package phasebench.reports.html;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.LadderResult.Line;
import phasebench.reports.comparison.LadderResult.Step;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.html.PageModel.ClaimVerdict;
import phasebench.reports.html.PageModel.Ladder;
import phasebench.reports.html.PageModel.LadderLine;
import phasebench.reports.html.PageModel.LadderStep;
import phasebench.reports.text.ExpectationWording;
import phasebench.scenarios.PhaseLadder;

/// The section about phases: expected beside measured.
final class LadderComposer {
    private final ComparisonDocument comparison;

    private LadderComposer(ComparisonDocument comparison) {
        this.comparison = comparison;
    }

    /// Null for a run without phases.
    static @Nullable Ladder compose(RunEvidence run, ComparisonDocument comparison) {
        PhaseLadder phases = run.ladder();
        LadderResult result = comparison.ladder();
        if (phases == null || result == null) {
            return null;
        }
        LadderComposer composer = new LadderComposer(comparison);
        return new Ladder(
                result.steps().stream().map(step -> composer.step(phases, step)).toList(), result.contradictions());
    }

    private LadderStep step(PhaseLadder phases, Step step) {
        List<LadderLine> lines = step.lines().stream().map(this::line).toList();
        return new LadderStep(
                step.id(),
                ExpectationWording.description(phases, step.id()),
                ExpectationWording.facts(phases, step.id()),
                lines);
    }

    private LadderLine line(Line line) {
        return new LadderLine(
                ExpectationWording.metric(line),
                line.metric(),
                ExpectationWording.against(line),
                ExpectationWording.expected(line),
                !line.expected().isEmpty(),
                ExpectationWording.measured(line, comparison),
                ExpectationWording.interval(line, comparison),
                String.valueOf(line.measured().n()),
                ExpectationWording.how(line),
                line.claims().stream()
                        .map(claim -> new ClaimVerdict(claim.verdict().word(), claim.reason()))
                        .toList());
    }
}
