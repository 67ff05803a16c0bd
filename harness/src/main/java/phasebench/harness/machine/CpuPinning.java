package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Confines processes to cores: this one and running ones by sched_setaffinity(2), children by what their
/// command line begins with.
public final class CpuPinning {
    private static final int LOOKS_MAX = 10;

    private CpuPinning() {}

    /// Confines every thread of this process, the JVM's own included; threads made later inherit it.
    public static void pinSelf(List<Integer> cores) throws IOException {
        pinThreads(Path.of("/proc/self/task"), cores);
    }

    /// Confines every thread of a process that runs as the same user. A thread that one not yet confined makes
    /// meanwhile is found by looking again.
    public static void pinProcess(long pid, List<Integer> cores) throws IOException {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        Set<Integer> before = Set.of();
        Set<Integer> now = pinThreads(tasks, cores);
        for (int look = 1; look < LOOKS_MAX && !before.containsAll(now); look++) {
            before = now;
            now = pinThreads(tasks, cores);
        }
    }

    private static Set<Integer> pinThreads(Path folder, List<Integer> cores) throws IOException {
        Set<Integer> threads = new HashSet<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder)) {
            for (Path task : tasks) {
                int thread = Integer.parseInt(task.getFileName().toString());
                pinThread(thread, cores, task);
                threads.add(thread);
            }
        }
        return threads;
    }

    private static void pinThread(int threadId, List<Integer> cores, Path task) throws IOException {
        try {
            LinuxCalls.instance().setAffinity(threadId, cores);
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
            // the thread ended in between
        }
    }

    /// What a child's command line begins with: a session of its own, so that a Ctrl-C meant for the harness does
    /// not reach it and the scheduler's autogroups treat it fairly; an end when the harness is killed, even if
    /// it stands still; and its cores. All three tools exec the next, so that the pid is the child's own.
    public static List<String> launcherPrefix(CpuPlacement.Pinning pinning, List<Integer> cores, UtilLinux tools) {
        List<String> prefix = new ArrayList<>();
        if (tools.hasSetsid()) {
            prefix.add("setsid");
        }
        if (tools.hasSetpriv()) {
            prefix.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
        }
        if (pinning == CpuPlacement.Pinning.APART) {
            prefix.addAll(List.of(
                    "taskset",
                    "--cpu-list",
                    String.join(",", cores.stream().map(String::valueOf).toList())));
        }
        return prefix;
    }

    /// Which of the three programs of util-linux are on the PATH.
    public record UtilLinux(boolean hasSetsid, boolean hasSetpriv, boolean hasTaskset) {
        public static UtilLinux find() {
            return new UtilLinux(
                    Programs.find("setsid").isPresent(),
                    Programs.find("setpriv").isPresent(),
                    Programs.find("taskset").isPresent());
        }
    }
}
