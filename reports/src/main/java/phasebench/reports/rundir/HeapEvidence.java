package phasebench.reports.rundir;

/// The relay's heap and threads after the last CPU reading, sessions still alive.
///
/// @param heapLiveBytes heap in use after a full collection
/// @param heapCommittedBytes heap committed at that moment
/// @param threadsPlatformJvm platform threads that the JVM runs for itself (GC, JIT, ...)
/// @param threadsPlatformApplication platform threads of the application, carriers of virtual threads included
/// @param threadsVirtual live virtual threads
public record HeapEvidence(
        long heapLiveBytes,
        long heapCommittedBytes,
        int threadsPlatformJvm,
        int threadsPlatformApplication,
        int threadsVirtual) {}
