package phasebench.reports.rundir;

/// How one of the load's generator processes fared in one window. Each has its own clock, threads and
/// collector, so that none of this adds up over processes.
///
/// @param viewers that it carried
/// @param cpuNs CPU time of its process
/// @param gcNs stop-the-world time of its collector
public record GeneratorEvidence(int viewers, long cpuNs, long gcNs, HeadroomEvidence headroom) {}
