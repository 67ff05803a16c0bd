package phasebench.reports.comparison;

import java.util.List;
import phasebench.reports.rundir.TrialOutcome;

/// Why trials or launch pairs yield no number, in words.
final class Setbacks {
    /// How reasons begin that the relay is to blame for, and not the machine or the load.
    private static final String RELAY = "relay: ";

    private Setbacks() {}

    /// A sentence with the first reason; empty where all were measured.
    static String of(List<TrialOutcome> outcomes) {
        List<TrialOutcome> lost = outcomes.stream()
                .filter(outcome -> !(outcome instanceof TrialOutcome.Measured))
                .toList();
        if (lost.isEmpty()) {
            return "";
        }
        boolean isInvalid = lost.stream().allMatch(outcome -> outcome instanceof TrialOutcome.Invalid);
        boolean isTheRelays = lost.stream()
                .flatMap(outcome -> Outcomes.reasons(outcome).stream())
                .anyMatch(reason -> reason.startsWith(RELAY));
        return "%d of %d %s (the first: %s)%s."
                .formatted(
                        lost.size(),
                        outcomes.size(),
                        isInvalid ? "were invalid" : "were invalid or failed",
                        String.join("; ", Outcomes.reasons(lost.getFirst())),
                        isInvalid && !isTheRelays ? ": not measurable now" : "");
    }
}
