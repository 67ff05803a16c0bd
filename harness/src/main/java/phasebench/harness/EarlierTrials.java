package phasebench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;

/// What a run that is resumed has behind it. The plan is gone through from its beginning, and where a trial or launch
/// pair has ended already its outcome is taken from here: so repeats come where they would have come.
///
/// @param outcomes by the names of folders
/// @param setAside new names of the folders of those that were cut short; they begin again
record EarlierTrials(Map<String, TrialOutcome> outcomes, List<String> setAside) {
    static final EarlierTrials NONE = new EarlierTrials(Map.of(), List.of());

    EarlierTrials {
        outcomes = Map.copyOf(outcomes);
        setAside = List.copyOf(setAside);
    }

    /// Reads what has ended, and moves what was cut short out of the way.
    static EarlierTrials of(RunDirectory run) throws IOException {
        SortedMap<String, Optional<TrialOutcome>> found = new TreeMap<>();
        for (TrialDirectory trial : run.trials()) {
            found.put(trial.name(), trial.record().map(written -> written.outcome()));
        }
        for (PairDirectory pair : run.pairs()) {
            found.put(pair.name(), pair.record().map(written -> written.outcome()));
        }
        Map<String, TrialOutcome> outcomes = new HashMap<>();
        List<String> setAside = new ArrayList<>();
        for (Map.Entry<String, Optional<TrialOutcome>> entry : found.entrySet()) {
            String name = entry.getKey();
            Optional<TrialOutcome> ended =
                    entry.getValue().filter(outcome -> !TrialOutcome.INTERRUPTED.equals(outcome));
            if (ended.isPresent()) {
                outcomes.put(name, ended.get());
            } else if (!RunDirectory.isSetAside(name)) {
                setAside.add(run.setAside(name));
            }
        }
        return new EarlierTrials(outcomes, setAside);
    }

    Optional<TrialOutcome> outcome(String directoryName) {
        return Optional.ofNullable(outcomes.get(directoryName));
    }
}
