package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.List;
import phasebench.reports.rundir.TrialOutcome;

/// The trials still to be run. One that yielded no number comes again at the end of its round, as long as the
/// experiment's repeats last.
public final class TrialQueue {
    private final List<TrialPlan> ahead;
    private int repeatsLeft;

    public TrialQueue(List<TrialPlan> trials, int repeatsMax) {
        this.ahead = new ArrayList<>(trials);
        this.repeatsLeft = repeatsMax;
    }

    public boolean isEmpty() {
        return ahead.isEmpty();
    }

    public int size() {
        return ahead.size();
    }

    /// Takes the next trial.
    public TrialPlan next() {
        return ahead.removeFirst();
    }

    /// Queues a trial again if its outcome is no number, it was to give one, and a repeat is left.
    public void offerAgain(TrialPlan trial, TrialOutcome outcome) {
        boolean isWanted = trial.countsTowardsVerdict() && !(outcome instanceof TrialOutcome.Measured);
        if (!isWanted || repeatsLeft == 0) {
            return;
        }
        repeatsLeft--;
        int at = 0;
        while (at < ahead.size() && isOfSameRound(ahead.get(at), trial)) {
            at++;
        }
        ahead.add(at, trial.again());
    }

    private static boolean isOfSameRound(TrialPlan other, TrialPlan trial) {
        return other.id().kind() == trial.id().kind()
                && other.id().round() == trial.id().round();
    }
}
