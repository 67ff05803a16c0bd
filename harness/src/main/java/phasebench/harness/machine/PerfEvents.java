package phasebench.harness.machine;

import java.util.Optional;

/// Whether this process may sample another one's kernel stacks (perf_event_open(2)).
///
/// @param reason what decides it, for people
public record PerfEvents(boolean hasKernelStacks, String reason) {
    /// Looks at the kernel's settings and at who we are.
    public static PerfEvents probe() {
        return of(
                EnvironmentProbe.file("/proc/sys/kernel/perf_event_paranoid"),
                EnvironmentProbe.file("/proc/sys/kernel/kptr_restrict"),
                effectiveUserId().orElse(-1) == 0);
    }

    static PerfEvents of(String paranoid, String kptrRestrict, boolean isRoot) {
        String reason = "perf_event_paranoid %s, kptr_restrict %s, %s"
                .formatted(paranoid, kptrRestrict, isRoot ? "root" : "not root");
        if (!paranoid.matches("-?\\d+")) {
            return new PerfEvents(false, reason);
        }
        // without addresses of kernel symbols (proc(5), kptr_restrict) the stacks have no names
        boolean hasSymbols = kptrRestrict.equals("0") || (kptrRestrict.equals("1") && isRoot);
        return new PerfEvents((isRoot || Integer.parseInt(paranoid) <= 1) && hasSymbols, reason);
    }

    private static Optional<Integer> effectiveUserId() {
        for (String line : EnvironmentProbe.file("/proc/self/status").lines().toList()) {
            if (line.startsWith("Uid:")) {
                return Optional.of(Integer.parseInt(line.split("\\s+", -1)[2]));
            }
        }
        return Optional.empty();
    }
}
