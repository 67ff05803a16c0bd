package phasebench.reports.comparison;

import java.util.List;
import phasebench.reports.rundir.TrialOutcome;

/// Outcomes of trials and launch pairs as `comparison.json` has them.
final class Outcomes {
    private Outcomes() {}

    static String status(TrialOutcome outcome) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> "measured";
            case TrialOutcome.Invalid _ -> "invalid";
            case TrialOutcome.Failed _ -> "failed";
        };
    }

    static List<String> reasons(TrialOutcome outcome) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> List.of();
            case TrialOutcome.Invalid(List<String> reasons) -> reasons;
            case TrialOutcome.Failed(List<String> reasons) -> reasons;
        };
    }
}
