package phasebench.reports.html;

import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.html.PageModel.VerdictRow;
import phasebench.reports.html.PageModel.Verdicts;
import phasebench.reports.text.VerdictWording;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;

/// The table of verdicts.
final class VerdictComposer {
    private VerdictComposer() {}

    /// Null for a run in which nothing was compared.
    static @Nullable Verdicts compose(RunEvidence run, ComparisonDocument comparison) {
        Judgements judgements = comparison.judgements();
        if (judgements == null || judgements.all().isEmpty()) {
            return null;
        }
        return new Verdicts(
                VerdictWording.rules(judgements, run),
                judgements.all().stream()
                        .map(judgement -> row(judgement, judgements))
                        .toList());
    }

    private static VerdictRow row(Judgement judgement, Judgements judgements) {
        return new VerdictRow(
                judgement.comparison().candidate(),
                judgement.comparison().baseline(),
                VerdictWording.metric(judgement),
                judgement.verdict().word(),
                VerdictWording.more(judgement),
                VerdictWording.ratio(judgement),
                VerdictWording.interval(judgement),
                VerdictWording.n(judgement),
                VerdictWording.reason(judgement, judgements),
                judgement.warnings());
    }
}
