package phasebench.reports.rundir;

/// Both relays of a launch pair at one edge between two windows, read one right after the other.
///
/// @param baselineCpuNsUncertain how far the CPU time may be off the instant of the counters: half of what the relay
///     used while they were read
/// @param candidateCpuNsUncertain the same of the other relay
public record PairEdge(
        ProcessReading baseline, ProcessReading candidate, long baselineCpuNsUncertain, long candidateCpuNsUncertain) {}
