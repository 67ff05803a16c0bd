package phasebench.reports.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.rundir.WarmUpEvidence;

/// Names each trial whose relay was measured although it had not become quiet.
final class WarmUpWarnings {
    private WarmUpWarnings() {}

    static List<String> of(RunEvidence run) {
        return run.trials().stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Measured)
                .filter(trial -> trial.warmUp() != null && !trial.warmUp().isQuiet())
                .map(WarmUpWarnings::warning)
                .toList();
    }

    private static String warning(TrialRecord trial) {
        WarmUpEvidence warmUp = Objects.requireNonNull(trial.warmUp());
        return String.format(
                Locale.ROOT,
                "%s was measured before its relay was quiet: after a warm-up of %.0f s %s (quiet: at most %.1f %%, and"
                        + " at most %.0f %% apart).",
                trial.id().directoryName(),
                warmUp.tookNs() / 1e9,
                warmUp.lastInWords(),
                100 * warmUp.jitShareMax(),
                100 * warmUp.rateApartMax());
    }
}
