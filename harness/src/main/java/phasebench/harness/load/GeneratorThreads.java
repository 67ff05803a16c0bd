package phasebench.harness.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// CPU time and waiting time of this process's threads, by name (`/proc/self/task/TID/schedstat`, proc(5)).
record GeneratorThreads(Map<String, Times> byName) {
    private static final Path TASKS = Path.of("/proc/self/task");

    /// Threads whose work grows with the load; all others are the JVM's and the control connection's.
    private static final String[] WORKING = {"viewer-receiver", "publisher-", "impairment"};

    private static final String OTHERS = "(other threads)";

    /// @param runDelayNs time ready to run without a core
    record Times(long cpuNs, long runDelayNs) {
        Times plus(Times other) {
            return new Times(cpuNs + other.cpuNs, runDelayNs + other.runDelayNs);
        }
    }

    static GeneratorThreads read() {
        Map<String, Times> byName = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                add(byName, task);
            }
        } catch (IOException _) {
            return new GeneratorThreads(Map.of()); // no /proc: nothing is known, which the evidence shows
        }
        return new GeneratorThreads(byName);
    }

    private static void add(Map<String, Times> byName, Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String[] fields =
                    Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
            Times times = new Times(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
            byName.merge(isWorking(name) ? name : OTHERS, times, Times::plus);
        } catch (IOException _) {
            // the thread ended in between
        }
    }

    private static boolean isWorking(String name) {
        for (String prefix : WORKING) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /// What has come on top since an earlier reading, by name.
    Map<String, Long> since(GeneratorThreads earlier, ToLongFunction<Times> time) {
        Map<String, Long> differences = new TreeMap<>();
        byName.forEach((name, times) -> {
            Times first = earlier.byName.getOrDefault(name, new Times(0, 0));
            // a sum over threads falls when one of them ends
            differences.put(name, Math.max(0, time.applyAsLong(times) - time.applyAsLong(first)));
        });
        return differences;
    }
}
