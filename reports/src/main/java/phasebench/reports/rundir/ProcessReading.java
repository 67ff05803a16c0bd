package phasebench.reports.rundir;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        Map<String, Long> jvmCounters) {
    public ProcessReading {
        threads = List.copyOf(threads);
        relayCounters = Collections.unmodifiableSortedMap(new TreeMap<>(relayCounters));
        jvmCounters = Collections.unmodifiableSortedMap(new TreeMap<>(jvmCounters));
    }
}
