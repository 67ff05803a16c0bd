package phasebench.scenarios;

import java.util.List;

/// What a claim speaks of.
public enum ClaimMetric {
    CPU("cpu", ClaimUnit.RELATIVE, ClaimUnit.PERCENTAGE_POINTS, ClaimUnit.PERCENT_OF_CORE),
    HEAP("heap", ClaimUnit.RELATIVE, ClaimUnit.MEGABYTES),
    GOROUTINES("goroutines", ClaimUnit.RELATIVE, ClaimUnit.COUNT),
    RTCP_TRAFFIC("rtcpTraffic", ClaimUnit.RELATIVE),
    ALLOCATIONS("allocations", ClaimUnit.RELATIVE),
    GC_PAUSES("gcPauses", ClaimUnit.RELATIVE),
    LATENCY("latency", ClaimUnit.RELATIVE),
    QUALITY("quality", ClaimUnit.RELATIVE);

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // List.of, which the checker cannot see
    private final List<ClaimUnit> units;

    ClaimMetric(String word, ClaimUnit... units) {
        this.word = word;
        this.units = List.of(units);
    }

    /// The word in files.
    public String word() {
        return word;
    }

    /// The units in which it can be stated.
    List<ClaimUnit> units() {
        return units;
    }
}
