package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Facts about the machine and its software that a reader of the report needs to judge or to repeat it.
public final class EnvironmentProbe {
    private EnvironmentProbe() {}

    /// Label to value, in display order. No host name and no user: a report is passed on.
    public static Map<String, String> read(CpuTopology topology, CpuPlacement placement) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", cpuModel());
        facts.put("cores allowed", topology.allowedCores().toString());
        facts.put("relay's cores", placement.relayCores() + " " + placement.pinning());
        facts.put("load's cores", placement.loadCores() + " " + placement.pinning());
        facts.put("frequency governor", file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        facts.put("memory", memory());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("distribution", distribution());
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("clock source", file("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        facts.put("JDK", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("perf_event_paranoid", file("/proc/sys/kernel/perf_event_paranoid"));
        facts.put("load average at start", file("/proc/loadavg"));
        return facts;
    }

    static String file(String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException _) {
            return "not available";
        }
    }

    private static String cpuModel() {
        return value(file("/proc/cpuinfo"), "model name", ":").orElse("unknown");
    }

    private static String memory() {
        return value(file("/proc/meminfo"), "MemTotal", ":").orElse("unknown");
    }

    /// What can be allocated without swapping (proc(5), MemAvailable); 0 where the kernel does not say.
    static long memoryAvailableBytes() {
        return value(file("/proc/meminfo"), "MemAvailable", ":")
                .map(text -> Long.parseLong(text.replace("kB", "").strip()) * 1024)
                .orElse(0L);
    }

    private static String distribution() {
        return value(file("/etc/os-release"), "PRETTY_NAME", "=")
                .map(name -> name.replace("\"", ""))
                .orElse("unknown");
    }

    private static Optional<String> value(String text, String key, String separator) {
        List<String> lines = text.lines().filter(line -> line.startsWith(key)).toList();
        return lines.isEmpty() || !lines.getFirst().contains(separator)
                ? Optional.empty()
                : Optional.of(lines.getFirst().split(separator, 2)[1].strip());
    }
}
