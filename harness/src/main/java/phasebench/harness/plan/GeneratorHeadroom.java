package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.HeadroomEvidence;
import phasebench.reports.rundir.ImpairmentEvidence;

/// Judges whether the load generator kept up, by what it noted of itself.
///
/// @param who what a sentence about the generator begins with
/// @param gcNs time its own collector stopped it in the window
record GeneratorHeadroom(String who, HeadroomEvidence headroom, long gcNs, long windowNs) {
    /// An arrival is seen that much late at p99 for the generator's own reasons. The shipped capacity scenario asks
    /// whether p99 delay is above 20 ms: above this limit the answer would be the generator's.
    static final long TICK_LATENESS_NS_P99_MAX = 20_000_000;

    /// A thread that waited for its core for a quarter of the window worked on borrowed time; short waits, which the
    /// lateness limits, add up to less.
    static final double RUN_DELAY_SHARE_MAX = 0.25;

    /// One thread takes part of the core; near all of it, it has no headroom however idle the others are.
    static final double THREAD_BUSY_SHARE_MAX = 0.9;

    static final double GC_SHARE_MAX = 0.01;

    static final String PREFIX = "load generator was the limit: ";

    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (headroom.tickLatenessNsP99() > TICK_LATENESS_NS_P99_MAX) {
            reasons.add(PREFIX
                    + who
                    + String.format(
                            Locale.ROOT,
                            "its receiving thread looked at its sockets %.1f ms late at p99, %.1f ms at most (limit %.1f ms at p99)",
                            headroom.tickLatenessNsP99() / 1e6,
                            headroom.tickLatenessNsMax() / 1e6,
                            TICK_LATENESS_NS_P99_MAX / 1e6));
        }
        Map.Entry<String, Long> waiting = largest(headroom.runDelayNsByThread());
        if (share(waiting) > RUN_DELAY_SHARE_MAX) {
            reasons.add(PREFIX
                    + who
                    + String.format(
                            Locale.ROOT,
                            "its thread %s was ready and had no core for %.0f %% of the window (limit %.0f %%)",
                            waiting.getKey(),
                            100 * share(waiting),
                            100 * RUN_DELAY_SHARE_MAX));
        }
        Map.Entry<String, Long> busy = largest(headroom.cpuNsByThread());
        if (share(busy) > THREAD_BUSY_SHARE_MAX) {
            reasons.add(PREFIX
                    + who
                    + String.format(
                            Locale.ROOT,
                            "its thread %s used %.0f %% of a core (limit %.0f %%)",
                            busy.getKey(),
                            100 * share(busy),
                            100 * THREAD_BUSY_SHARE_MAX));
        }
        double gcShare = (double) gcNs / windowNs;
        if (gcShare > GC_SHARE_MAX) {
            reasons.add(PREFIX
                    + who
                    + String.format(
                            Locale.ROOT,
                            "its own collector stopped it for %.1f %% of the window (limit %.1f %%)",
                            100 * gcShare,
                            100 * GC_SHARE_MAX));
        }
        return reasons;
    }

    /// What all generators together could not keep, beyond what they were to drop.
    static List<String> overflow(@Nullable ImpairmentEvidence impairment) {
        return impairment == null || impairment.overflows() == 0
                ? List.of()
                : List.of(PREFIX
                        + String.format(
                                Locale.ROOT,
                                "its impairment proxy had no room for %d packets, beyond what it was to drop",
                                impairment.overflows()));
    }

    private double share(Map.Entry<String, Long> ofThread) {
        return (double) ofThread.getValue() / windowNs;
    }

    /// Threads whose work grows with the load have names of their own; the sum of all others begins with a bracket.
    private static Map.Entry<String, Long> largest(Map<String, Long> byThread) {
        return byThread.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("("))
                .max(Map.Entry.comparingByValue())
                .orElse(Map.entry("", 0L));
    }
}
