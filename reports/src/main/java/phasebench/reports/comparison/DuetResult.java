package phasebench.reports.comparison;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.reports.stats.ComposedCpu;
import phasebench.reports.stats.Interval;

/// What a run of launch pairs says beside its ratios of work per packet.
///
/// @param idle launch pairs without media, by couple; none where the experiment asks for none
/// @param composed CPU at the scenario's real rate, of each couple that was measured with media and without
/// @param checks whether the way of measuring shows in the ratios, by couple
/// @param stageSeconds what each stage of a launch pair took, mean over all that were measured
public record DuetResult(
        List<LaunchPairs> idle, List<Composed> composed, List<Check> checks, Map<String, Double> stageSeconds) {
    public DuetResult {
        idle = List.copyOf(idle);
        composed = List.copyOf(composed);
        checks = List.copyOf(checks);
        stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
    }

    /// The launch pairs of one couple, with media and without, at the rate of the scenario.
    ///
    /// @param packetsPerSecond to all viewers together
    /// @param steadyRatio CPU per packet by steady trials of the same run, candidate / baseline; null without them
    /// @param steadyInterval of that; null without an interval
    /// @param doTheyAgree whether both intervals have a ratio in common; null when there are not both
    public record Composed(
            String baseline,
            String candidate,
            double packetsPerSecond,
            int viewers,
            ComposedCpu cpu,
            @Nullable Double steadyRatio,
            @Nullable Interval steadyInterval,
            @Nullable Boolean doTheyAgree) {}

    /// One thing that should make no difference to a ratio.
    ///
    /// @param what `alone`, `order`, `place` or `cores`
    /// @param factor by how much the ratio is multiplied with it
    /// @param interval of the factor
    /// @param n launch pairs that say so
    /// @param isSuspicious whether the interval excludes 1
    /// @param sentence the same in words, without a full stop
    public record Check(
            String baseline,
            String candidate,
            String what,
            double factor,
            Interval interval,
            int n,
            boolean isSuspicious,
            String sentence) {}

    /// Sentences about what a reader must know before trusting the ratios.
    List<String> warnings() {
        return Stream.concat(
                        checks.stream().filter(Check::isSuspicious).map(check -> check.sentence() + "."),
                        composed.stream()
                                .filter(one -> Boolean.FALSE.equals(one.doTheyAgree()))
                                .map(DuetResult::apart))
                .toList();
    }

    private static String apart(Composed composed) {
        return "CPU of %s against %s as composed of launch pairs and as measured in steady trials disagree beyond both intervals: the scenario's own regime is not what the pairs price."
                .formatted(composed.candidate(), composed.baseline());
    }
}
