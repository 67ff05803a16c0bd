package phasebench.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Busy and stolen time of some cores, for differences between two readings.
///
/// Busy is elapsed time less idle, iowait and steal of /proc/stat, not the sum of its other columns: those are
/// sampled by the 4 ms tick and miss or double-count a relay that works in short bursts (10 ms bursts at 30 Hz,
/// truly 30.2 %: the sum said 31.6 to 32.4 %, this 30.4 to 31.2 %), while a tickless kernel takes idle time from
/// the clock.
///
/// @param busyNs grows with the time that the cores were not idle; its zero point means nothing
/// @param stealNs time that the hypervisor gave to others
public record CoreTimes(long busyNs, long stealNs) {
    /// Columns of /proc/stat count in USER_HZ, which is 100 on every Linux platform that has a JDK (time(7)).
    private static final long TICK_NS = 10_000_000;

    /// The cores now.
    public static CoreTimes read(List<Integer> cores) {
        try {
            return parse(Files.readString(Path.of("/proc/stat")), cores, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CoreTimes parse(String procStat, List<Integer> cores, long nowNs) {
        long idleTicks = 0;
        long stealTicks = 0;
        for (int core : cores) {
            String[] fields = line(procStat, core).split("\\s+", -1);
            // cpuN user nice system idle iowait irq softirq steal ...
            idleTicks += Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
            stealTicks += Long.parseLong(fields[8]);
        }
        return new CoreTimes(nowNs * cores.size() - (idleTicks + stealTicks) * TICK_NS, stealTicks * TICK_NS);
    }

    private static String line(String procStat, int core) {
        return procStat.lines()
                .filter(line -> line.startsWith("cpu" + core + " "))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("/proc/stat has no core " + core));
    }
}
