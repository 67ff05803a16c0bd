package phasebench.reports.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.rundir.WarmUpEvidence;

/// Names the trials whose relay was measured although it had not become quiet.
final class WarmUpWarnings {
    private WarmUpWarnings() {}

    /// One warning for all of them; none when all became quiet, or warm-ups had a fixed length.
    static List<String> of(RunEvidence run) {
        List<TrialRecord> loud = run.trials().stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Measured)
                .filter(trial -> trial.warmUp() != null && !trial.warmUp().isQuiet())
                .toList();
        if (loud.isEmpty()) {
            return List.of();
        }
        WarmUpEvidence first = Objects.requireNonNull(loud.getFirst().warmUp());
        return List.of(String.format(
                Locale.ROOT,
                "Measured before the relay was quiet (JIT at most %.0f %% of its CPU, and CPU per second at most %.0f %%"
                        + " apart): %s.",
                100 * first.jitShareMax(),
                100 * first.rateApartMax(),
                loud.stream().map(WarmUpWarnings::inWords).collect(Collectors.joining("; "))));
    }

    private static String inWords(TrialRecord trial) {
        WarmUpEvidence warmUp = Objects.requireNonNull(trial.warmUp());
        return String.format(
                Locale.ROOT,
                "%s after %.0f s (%s)",
                trial.id().directoryName(),
                warmUp.tookNs() / 1e9,
                warmUp.lastInWords());
    }
}
