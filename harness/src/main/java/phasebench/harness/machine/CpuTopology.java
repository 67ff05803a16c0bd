package phasebench.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The cores that this process may use, before it confines itself to one.
///
/// @param allowedCores numbers of the cores, ascending
/// @param siblings for each of them, the cores that share its execution units (itself included), as the kernel
///     prints it
public record CpuTopology(List<Integer> allowedCores, List<String> siblings) {
    public CpuTopology {
        allowedCores = List.copyOf(allowedCores);
        siblings = List.copyOf(siblings);
        if (allowedCores.isEmpty()) {
            throw new IllegalArgumentException("no core is allowed");
        }
    }

    /// Reads /proc/self/status and /sys; on a system without them every core that Java sees, and no siblings.
    public static CpuTopology read() {
        try {
            Path status = Path.of("/proc/self/status");
            if (!Files.isReadable(status)) {
                return ofJava();
            }
            List<Integer> cores = Files.readString(status)
                    .lines()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> parseList(line.substring(line.indexOf(':') + 1)))
                    .findFirst()
                    .orElseGet(() -> ofJava().allowedCores());
            List<String> siblings = new ArrayList<>();
            for (int core : cores) {
                Path file = Path.of("/sys/devices/system/cpu/cpu" + core + "/topology/thread_siblings_list");
                siblings.add(Files.isReadable(file) ? Files.readString(file).strip() : Integer.toString(core));
            }
            return new CpuTopology(cores, siblings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first and the last allowed core, unless there is only one or no `taskset` to pin with.
    public CpuPlacement placement(boolean canPin) {
        return allowedCores.size() == 1 || !canPin
                ? new CpuPlacement(allowedCores, allowedCores, CpuPlacement.Pinning.NONE)
                : new CpuPlacement(
                        List.of(allowedCores.getFirst()), List.of(allowedCores.getLast()), CpuPlacement.Pinning.APART);
    }

    /// Whether the relay's core and the load's are two halves of one.
    public boolean areEndsSiblings() {
        return allowedCores.size() > 1 && parseList(siblings.getFirst()).contains(allowedCores.getLast());
    }

    /// The kernel's list format, such as `0-3,8` (cpuset(7)).
    static List<Integer> parseList(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : text.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(
                    dash < 0 ? range.strip() : range.substring(0, dash).strip());
            int last = dash < 0
                    ? first
                    : Integer.parseInt(range.substring(dash + 1).strip());
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static CpuTopology ofJava() {
        List<Integer> cores = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            cores.add(core);
        }
        return new CpuTopology(cores, cores.stream().map(String::valueOf).toList());
    }
}
