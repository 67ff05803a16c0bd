package phasebench.reports.gate;

import java.util.Comparator;
import java.util.List;

/// What a policy says of a run: the file `gate.json`.
///
/// @param result the worst of the cases; an inconclusive one counts as passed where the policy lets it
/// @param cases a case for each candidate and rule, then one for each claim that is looked at
/// @param notes what a reader must know beside the cases
public record GateDecision(
        int schemaVersion,
        String policy,
        String runId,
        double confidence,
        GateCase.Result result,
        List<GateCase> cases,
        List<String> notes) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public GateDecision {
        cases = List.copyOf(cases);
        notes = List.copyOf(notes);
    }

    /// The decision over the cases; without any, nothing passes.
    static GateCase.Result worst(List<GateCase> cases, boolean doesInconclusivePass) {
        GateCase.Result worst = cases.stream()
                .map(GateCase::result)
                .min(Comparator.naturalOrder())
                .orElse(GateCase.Result.INVALID);
        return worst == GateCase.Result.INCONCLUSIVE && doesInconclusivePass ? GateCase.Result.PASSED : worst;
    }
}
