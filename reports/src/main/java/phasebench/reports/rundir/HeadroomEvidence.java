package phasebench.reports.rundir;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Whether the load generator kept up with its own clock in one window.
///
/// @param cpuNsByThread CPU time of the generator's threads, by name
/// @param runDelayNsByThread time that they were ready and had no core, by name
/// @param tickLatenessNsP99 how late the receiving thread looked at its sockets
public record HeadroomEvidence(
        Map<String, Long> cpuNsByThread,
        Map<String, Long> runDelayNsByThread,
        long tickLatenessNsP99,
        long tickLatenessNsMax) {
    public HeadroomEvidence {
        cpuNsByThread = Collections.unmodifiableSortedMap(new TreeMap<>(cpuNsByThread));
        runDelayNsByThread = Collections.unmodifiableSortedMap(new TreeMap<>(runDelayNsByThread));
    }
}
