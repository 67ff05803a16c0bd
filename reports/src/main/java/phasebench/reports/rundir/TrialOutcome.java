package phasebench.reports.rundir;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// How a trial ended; only a measured one yields numbers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialOutcome.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = TrialOutcome.Invalid.class, name = "invalid"),
    @JsonSubTypes.Type(value = TrialOutcome.Failed.class, name = "failed")
})
public sealed interface TrialOutcome {
    /// The user ended the experiment while it ran; a run that is resumed begins it again.
    TrialOutcome INTERRUPTED = new Failed(List.of("interrupted by the user"));

    /// The load was equal and nothing disturbed the window.
    record Measured() implements TrialOutcome {}

    /// The trial ran, but its load or its machine was not what a comparison needs; shown, never counted.
    record Invalid(List<String> reasons) implements TrialOutcome {
        public Invalid {
            reasons = List.copyOf(reasons);
        }
    }

    /// The relay or the load generator did not get through the trial.
    record Failed(List<String> reasons) implements TrialOutcome {
        public Failed {
            reasons = List.copyOf(reasons);
        }
    }
}
