package phasebench.harness.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/// What the generator's own process has used so far.
///
/// @param cpuNs CPU time of the process; Linux JDKs count it in steps of 10 ms
/// @param gcNs time its collectors stopped it
record GeneratorUsage(long cpuNs, long gcNs) {
    static GeneratorUsage read() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long gcMillis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
        return new GeneratorUsage(system.getProcessCpuTime(), gcMillis * 1_000_000);
    }
}
