package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.JoinEvidence;

/// Whether viewers came and went in the window as the schedule has it: else two variants carried different loads.
final class MovesValidity {
    private MovesValidity() {}

    /// @param joins null when the crowd stayed what it was
    static List<String> reasons(@Nullable JoinEvidence joins) {
        List<String> reasons = new ArrayList<>();
        if (joins == null) {
            return reasons;
        }
        String first = joins.failures().isEmpty() ? "" : "; " + joins.failures().getFirst();
        if (joins.joinsDone() < joins.joinsPlanned()) {
            reasons.add("unequal load: %d of %d viewers who came in the window got a picture%s"
                    .formatted(joins.joinsDone(), joins.joinsPlanned(), first));
        }
        if (joins.leavesDone() < joins.leavesPlanned()) {
            reasons.add("unequal load: %d of %d viewers left in the window as they should%s"
                    .formatted(joins.leavesDone(), joins.leavesPlanned(), first));
        }
        if (joins.viewersLost() > 0) {
            reasons.add("unequal load: %d viewers were disconnected before it was their time to leave"
                    .formatted(joins.viewersLost()));
        }
        return reasons;
    }

    /// What the relay sent to viewers outside of their parts of the window, and no count of the window has.
    static long packetsOutside(@Nullable JoinEvidence joins) {
        return joins == null ? 0 : joins.packetsOutside();
    }
}
