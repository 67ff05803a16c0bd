package phasebench.reports.rundir;

/// The relay's operating-system threads of one role at one moment, added up over the role.
///
/// @param role such as `gc`, `jit`, `carrier`, `webrtc-reader`; see the harness for how names map to roles
/// @param threadCount live threads of the role
/// @param cpuNs time on a core since each thread began (schedstat field 1)
/// @param runDelayNs time runnable but waiting for a core (schedstat field 2)
public record ThreadRoleReading(String role, int threadCount, long cpuNs, long runDelayNs) {}
