package phasebench.harness.plan;

import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.scenarios.Variant;

/// One trial to be run.
public record TrialPlan(TrialId id, Variant variant) {
    /// Whether the trial's numbers may be compared; a profiled trial only explains.
    public boolean countsTowardsVerdict() {
        return id.kind() == TrialKind.STEADY;
    }

    /// The same trial once more, under a folder name of its own.
    public TrialPlan again() {
        return new TrialPlan(id.again(), variant);
    }
}
