package phasebench.reports.evidence;

/// One metric of one trial.
public sealed interface Reading {
    /// @param value finite, in the metric's unit
    record Value(double value) implements Reading {}

    /// @param reason why there is no number, in words for the report
    record Missing(String reason) implements Reading {}

    /// A number, or the reason for its absence when it is not finite, as after a division by zero.
    static Reading of(double value, String reasonWhenNotFinite) {
        return Double.isFinite(value) ? new Value(value) : new Missing(reasonWhenNotFinite);
    }
}
