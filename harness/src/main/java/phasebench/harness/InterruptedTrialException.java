package phasebench.harness;

import phasebench.reports.rundir.TrialRecord;

/// The user ended the experiment in the middle of a trial; what the trial had gathered is in here.
final class InterruptedTrialException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TrialRecord trialRecord;

    InterruptedTrialException(TrialRecord trialRecord) {
        super("interrupted");
        this.trialRecord = trialRecord;
    }

    TrialRecord trialRecord() {
        return trialRecord;
    }
}
