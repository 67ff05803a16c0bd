package phasebench.reports.rundir;

/// Both relays of a launch pair at one edge between two windows.
///
/// @param baselineCpuNsUncertain how far the CPU time may be off the instant of the counters: 0 where the relay stood
///     still; in runs of before that, half of what it used while they were read
/// @param candidateCpuNsUncertain the same of the other relay
/// @param stoodStillNs time that both stood still for behind these readings, before the next window's work began; 0 in
///     runs of before it was noted
public record PairEdge(
        ProcessReading baseline,
        ProcessReading candidate,
        long baselineCpuNsUncertain,
        long candidateCpuNsUncertain,
        long stoodStillNs) {}
