package phasebench.reports.evidence;

import java.util.Map;
import java.util.TreeMap;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialRecord;

/// Where the CPU time of one trial's window went, by thread role.
///
/// @param cpuNs role to time; what the process used beyond its live threads stands under [#ENDED]
public record CpuByRole(Map<String, Long> cpuNs) {
    /// Threads that ended in the window, and the error of reading the threads one after the other.
    public static final String ENDED = "ended threads";

    public CpuByRole {
        cpuNs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(cpuNs));
    }

    /// Empty when the trial has no readings.
    public static CpuByRole of(TrialRecord trial) {
        ProcessReading before = trial.before();
        ProcessReading after = trial.after();
        Map<String, Long> cpuNs = new TreeMap<>();
        if (before == null || after == null || after.threads().isEmpty()) {
            return new CpuByRole(cpuNs);
        }
        for (ThreadRoleReading thread : after.threads()) {
            cpuNs.merge(thread.role(), thread.cpuNs(), Long::sum);
        }
        for (ThreadRoleReading thread : before.threads()) {
            cpuNs.computeIfPresent(thread.role(), (_, sum) -> sum - thread.cpuNs());
        }
        // a role that lost more time with its ended threads than it used: nothing can be said of it
        cpuNs.values().removeIf(used -> used < 0);
        long live = cpuNs.values().stream().mapToLong(Long::longValue).sum();
        cpuNs.put(ENDED, Math.max(0, after.cpuNs() - before.cpuNs() - live));
        return new CpuByRole(cpuNs);
    }
}
