package phasebench.reports.comparison;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import phasebench.reports.rundir.TrialRecord;
import phasebench.scenarios.RelaySetting;
import phasebench.scenarios.Variant;

/// What a trial's relay ran: what the plan asks for, and over it what the relay says in its READY line.
final class EffectiveSettings {
    private EffectiveSettings() {}

    /// Everything that either of the two says, addresses included.
    static Map<String, String> of(RunEvidence run, TrialRecord trial) {
        Map<String, String> settings = new HashMap<>();
        for (Variant variant : run.manifest().experiment().variants()) {
            if (variant.id().equals(trial.id().variant())) {
                settings.putAll(variant.settings());
            }
        }
        String ready = trial.ready();
        if (ready != null) {
            for (String pair : ready.split(" +", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    settings.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return settings;
    }

    /// Only the settings that a variant may switch, one by one: a profile's name says nothing more.
    static Map<String, String> switched(RunEvidence run, TrialRecord trial) {
        Map<String, String> settings = new TreeMap<>(of(run, trial));
        settings.keySet().removeIf(key -> RelaySetting.byKey(key).isEmpty());
        settings.remove(RelaySetting.PROFILE.key());
        return settings;
    }
}
