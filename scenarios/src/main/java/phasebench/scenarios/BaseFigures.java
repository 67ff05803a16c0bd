package phasebench.scenarios;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the plan's author measured at one point of the ladder.
///
/// @param at id of the phase, or of the start, whose state it was
/// @param cpuPercentOfCore null where it was not measured, as the others
public record BaseFigures(
        String at,
        @Nullable BigDecimal cpuPercentOfCore,
        @Nullable BigDecimal heapMegabytes,
        @Nullable BigDecimal goroutines) {
    /// The figure of a metric, if there is one.
    public Optional<BigDecimal> of(ClaimMetric metric) {
        return Optional.ofNullable(
                switch (metric) {
                    case CPU -> cpuPercentOfCore;
                    case HEAP -> heapMegabytes;
                    case GOROUTINES -> goroutines;
                    case RTCP_TRAFFIC, ALLOCATIONS, GC_PAUSES, LATENCY, QUALITY -> null;
                });
    }
}
