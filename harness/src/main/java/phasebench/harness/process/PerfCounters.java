package phasebench.harness.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The output of `jcmd PerfCounter.print`: the JVM's own performance counters.
public final class PerfCounters {
    /// CPU time of the JVM's own threads, collections, the JIT, and occupancy after the last collection. Times are
    /// nanoseconds, as `sun.os.hrt.frequency` says (1 GHz on every Linux JDK 25).
    private static final Predicate<String> WANTED = Pattern.compile("sun\\.threads\\..*"
                    + "|sun\\.gc\\.collector\\.\\d+\\.(invocations|time)"
                    + "|sun\\.gc\\.generation\\.\\d+\\.capacity"
                    + "|java\\.ci\\.totalTime|sun\\.os\\.hrt\\.frequency|sun\\.rt\\.safepoint(s|Time)")
            .asMatchPredicate();

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private PerfCounters() {}

    /// The counters that a trial keeps, name to value.
    public static Map<String, Long> parse(String text) {
        Map<String, Long> counters = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && WANTED.test(line.substring(0, equals))) {
                String value = line.substring(equals + 1).strip();
                // Serial collects in the VM thread and leaves this one at 0: no figure is better than a wrong one
                boolean isUnused = line.equals("sun.threads.total_gc_cpu_time=0");
                if (NUMBER.matcher(value).matches() && !isUnused) {
                    counters.put(line.substring(0, equals), Long.parseLong(value));
                }
            }
        }
        return counters;
    }
}
