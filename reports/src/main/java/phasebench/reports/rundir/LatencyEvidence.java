package phasebench.reports.rundir;

/// Latency of delivered packets, from the instant they were due to their arrival at the viewer.
///
/// @param packetCount packets whose due time was known
/// @param histogram HdrHistogram of nanoseconds, V2 compressed, Base64; quantiles below are read from it
public record LatencyEvidence(
        long packetCount,
        long latencyNsP50,
        long latencyNsP90,
        long latencyNsP99,
        long latencyNsP999,
        long latencyNsMax,
        String histogram) {}
