package phasebench.reports.rundir;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is read of the relay's process and of its cores at one edge of the window.
///
/// @param atNs monotonic clock of the harness
/// @param cpuNs CPU time of the process by its own clock (clock_getcpuclockid(3)), exited threads included
/// @param threads by role, from /proc/PID/task/*/schedstat
/// @param voluntarySwitches context switches because a thread slept, summed over live threads
/// @param involuntarySwitches context switches because a thread was preempted, summed over live threads
/// @param rssBytes VmRSS
/// @param openFiles open file descriptors
/// @param coreBusyNs busy time of the relay's cores since boot (/proc/stat without idle, iowait and steal)
/// @param coreStealNs time that the hypervisor took from the relay's cores
/// @param relayCounters the relay's own counters, Prometheus sample name (labels included) to value
/// @param jvmCounters the JVM's performance counters (`jcmd PerfCounter.print`) that were asked for
/// @param packetsDelivered distinct RTP packets that viewers had got in the load's window so far, as the load generator
///     counted them while the relay stood still; null where it was not asked
public record ProcessReading(
        long atNs,
        long cpuNs,
        List<ThreadRoleReading> threads,
        long voluntarySwitches,
        long involuntarySwitches,
        long rssBytes,
        int openFiles,
        long coreBusyNs,
        long coreStealNs,
        Map<String, Double> relayCounters,
        Map<String, Long> jvmCounters,
        @Nullable Long packetsDelivered) {
    public ProcessReading {
        threads = List.copyOf(threads);
        relayCounters = Collections.unmodifiableSortedMap(new TreeMap<>(relayCounters));
        jvmCounters = Collections.unmodifiableSortedMap(new TreeMap<>(jvmCounters));
    }

    /// A reading for which the load generator was not asked.
    public ProcessReading(
            long atNs,
            long cpuNs,
            List<ThreadRoleReading> threads,
            long voluntarySwitches,
            long involuntarySwitches,
            long rssBytes,
            int openFiles,
            long coreBusyNs,
            long coreStealNs,
            Map<String, Double> relayCounters,
            Map<String, Long> jvmCounters) {
        this(
                atNs,
                cpuNs,
                threads,
                voluntarySwitches,
                involuntarySwitches,
                rssBytes,
                openFiles,
                coreBusyNs,
                coreStealNs,
                relayCounters,
                jvmCounters,
                null);
    }

    /// The same reading with the JVM's counters in it.
    public ProcessReading withJvmCounters(Map<String, Long> counters) {
        return with(counters, packetsDelivered);
    }

    /// The same reading with what the load generator counted.
    public ProcessReading withPacketsDelivered(long packets) {
        return with(jvmCounters, packets);
    }

    private ProcessReading with(Map<String, Long> counters, @Nullable Long packets) {
        return new ProcessReading(
                atNs,
                cpuNs,
                threads,
                voluntarySwitches,
                involuntarySwitches,
                rssBytes,
                openFiles,
                coreBusyNs,
                coreStealNs,
                relayCounters,
                counters,
                packets);
    }
}
