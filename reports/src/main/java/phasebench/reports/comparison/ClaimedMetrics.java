package phasebench.reports.comparison;

import java.util.List;
import phasebench.reports.evidence.Metric;
import phasebench.scenarios.Claim;
import phasebench.scenarios.ClaimUnit;

/// Which metrics of the catalogue a claim speaks of.
final class ClaimedMetrics {
    private ClaimedMetrics() {}

    static List<Metric> of(Claim claim) {
        return switch (claim.metric()) {
            case CPU -> List.of(claim.unit() == ClaimUnit.RELATIVE ? Metric.CPU_NS_PER_PACKET : Metric.CPU_PERCENT);
            case HEAP -> List.of(Metric.HEAP_LIVE_BYTES);
            case GOROUTINES -> List.of(Metric.GOROUTINE_EQUIVALENTS);
            case RTCP_TRAFFIC -> List.of(Metric.SENDER_REPORTS_PER_SECOND);
            case ALLOCATIONS -> List.of(Metric.ALLOCATED_BYTES_PER_PACKET);
            // pauses themselves are not in the evidence; what they cost is
            case GC_PAUSES -> List.of(Metric.CPU_GC_NS);
            case LATENCY -> List.of(Metric.LATENCY_NS_P99);
            case QUALITY -> List.of(Metric.LOSS_RATIO, Metric.FRAMES_INCOMPLETE);
        };
    }
}
