package phasebench.scenarios;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stops a change: a file of `kind: gate`.
///
/// @param experiment file or name of the experiment that the gate runs; null for a policy that only judges runs
/// @param confidence of every interval (0-1)
/// @param variants ids of the candidates that are judged; none for all of them
/// @param pairsMin launch pairs or rounds below which nothing passes
/// @param timeout after which a run of the gate's own is ended, and nothing passes
public record GatePolicy(
        String name,
        String description,
        @Nullable String experiment,
        List<Rule> rules,
        double confidence,
        List<String> variants,
        int pairsMin,
        WhenInconclusive whenInconclusive,
        Claims claims,
        Duration timeout) {
    /// One metric and how much of a change is none.
    ///
    /// @param margin as a share of the baseline (0-1); a change whose interval lies within it on both sides is none
    public record Rule(GateMetric metric, double margin) {
        public Rule {
            if (!(margin > 0 && margin < 1)) {
                throw new IllegalArgumentException("margin is not within 0..1: " + margin);
            }
        }
    }

    /// What becomes of a gate that cannot know.
    public enum WhenInconclusive {
        /// Exit code 2.
        FAIL("fail"),
        /// Passes, and says what it does not know.
        PASS("pass");

        private final String word;

        WhenInconclusive(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// What becomes of a gate over phases whose claims are refuted.
    public enum Claims {
        IGNORE("ignore"),
        /// Exit code 1 when one is refuted.
        REFUTED_FAILS("refutedFails");

        private final String word;

        Claims(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public GatePolicy {
        rules = List.copyOf(rules);
        variants = List.copyOf(variants);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a gate without rules would let everything pass");
        }
        if (rules.stream().map(Rule::metric).distinct().count() < rules.size()) {
            throw new IllegalArgumentException("two rules are for the same metric");
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is not within 0.5..1: " + confidence);
        }
        if (pairsMin < 2) {
            throw new IllegalArgumentException("an interval needs 2 launch pairs, and pairsMin is " + pairsMin);
        }
    }
}
