package phasebench.reports.gate;

import org.jspecify.annotations.Nullable;
import phasebench.reports.stats.Interval;

/// One phase and one metric under a policy.
///
/// @param variant id of the candidate
/// @param metric id in the catalogue
/// @param message one sentence with the figures, or with the reason why there are none
/// @param ratio candidate / baseline with its interval; null when nothing could be computed
/// @param n launch pairs or rounds that count
public record GateCase(
        String variant,
        String baseline,
        String metric,
        Result result,
        String message,
        @Nullable Interval ratio,
        int n) {
    /// What became of it, the worst first.
    public enum Result {
        REGRESSED("regressed"),
        REFUTED("claim refuted"),
        INVALID("invalid"),
        INCONCLUSIVE("inconclusive"),
        PASSED("passed");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// Whether it keeps the gate shut by itself; whether an inconclusive one does is the policy's choice.
    public boolean isFailure() {
        return result == Result.REGRESSED || result == Result.REFUTED || result == Result.INVALID;
    }
}
