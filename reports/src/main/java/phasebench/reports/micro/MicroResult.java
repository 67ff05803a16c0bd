package phasebench.reports.micro;

import org.jspecify.annotations.Nullable;

/// What JMH found out about one benchmark, for one packet (or whatever the benchmark's operation is).
///
/// @param cpuNs CPU time of the whole process; null where its profiler was not asked for
/// @param wallNs by the clock on the wall, in which other work on the machine is included
/// @param allocatedBytes on the heap; null where JMH's GC profiler was not asked for
public record MicroResult(
        MicroBenchmark benchmark,
        @Nullable MicroScore cpuNs,
        MicroScore wallNs,
        @Nullable MicroScore allocatedBytes) {
    /// CPU time where it is known, else that of the wall.
    public MicroScore timeNs() {
        return cpuNs == null ? wallNs : cpuNs;
    }
}
