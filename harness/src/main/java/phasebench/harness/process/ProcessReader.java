package phasebench.harness.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phasebench.harness.machine.CoreTimes;
import phasebench.harness.machine.NativeClocks;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;

/// Reads everything about the relay's process that can be read without its help, and its counters.
public final class ProcessReader {
    private final long pid;
    private final List<Integer> cores;
    private final RelayMetrics metrics;
    private final Path proc;

    /// @param cores the cores that the relay runs on
    public ProcessReader(long pid, List<Integer> cores, RelayMetrics metrics) {
        this.pid = pid;
        this.cores = List.copyOf(cores);
        this.metrics = metrics;
        this.proc = Path.of("/proc", Long.toString(pid));
    }

    /// Everything at one edge of the window. CPU time and counters belong to the same instant: the counters are
    /// read between two looks at the clock, and the mean of both is kept.
    ///
    /// @param jvmCounters what `jcmd PerfCounter.print` said, outside the window
    public ProcessReading read(Map<String, Long> jvmCounters) throws RelayException, InterruptedException {
        long atNsFirst = NativeClocks.monotonicNs();
        long cpuNsFirst = cpuNs();
        Map<String, Double> counters = metrics.read();
        long cpuNsSecond = cpuNs();
        long atNsSecond = NativeClocks.monotonicNs();
        CoreTimes coreTimes = CoreTimes.read(cores);
        try {
            Tasks tasks = tasks();
            return new ProcessReading(
                    (atNsFirst + atNsSecond) / 2,
                    (cpuNsFirst + cpuNsSecond) / 2,
                    tasks.roles(),
                    tasks.voluntarySwitches,
                    tasks.involuntarySwitches,
                    ProcFiles.rssBytes(Files.readString(proc.resolve("status"))),
                    openFiles(),
                    coreTimes.busyNs(),
                    coreTimes.stealNs(),
                    counters,
                    jvmCounters);
        } catch (IOException e) {
            throw new RelayException("the relay's process is gone: " + e, e);
        }
    }

    /// The same without asking the relay for its counters: the answer would be a good part of what an idle
    /// relay does, and it cannot answer while it stands still.
    public ProcessReading readUnasked() throws RelayException {
        try {
            CoreTimes coreTimes = CoreTimes.read(cores);
            Tasks tasks = tasks();
            return new ProcessReading(
                    NativeClocks.monotonicNs(),
                    cpuNs(),
                    tasks.roles(),
                    tasks.voluntarySwitches,
                    tasks.involuntarySwitches,
                    ProcFiles.rssBytes(Files.readString(proc.resolve("status"))),
                    openFiles(),
                    coreTimes.busyNs(),
                    coreTimes.stealNs(),
                    Map.of(),
                    Map.of());
        } catch (IOException e) {
            throw new RelayException("the relay's process is gone: " + e, e);
        }
    }

    /// CPU time of the whole process, exited threads included.
    public long cpuNs() throws RelayException {
        try {
            return NativeClocks.processCpuNs(pid);
        } catch (IOException e) {
            throw new RelayException("the relay's process is gone: " + e.getMessage(), e);
        }
    }

    /// One cheap look, for the time series.
    Glance glance() throws IOException {
        String status = Files.readString(proc.resolve("status"));
        return new Glance(NativeClocks.monotonicNs(), NativeClocks.processCpuNs(pid), ProcFiles.rssBytes(status), (int)
                ProcFiles.statusValue(status, "Threads"));
    }

    /// Live platform threads by role.
    public List<ThreadRoleReading> threadsByRole() throws RelayException {
        try {
            return tasks().roles();
        } catch (IOException e) {
            throw new RelayException("the relay's process is gone: " + e, e);
        }
    }

    private int openFiles() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
            for (Path _ : descriptors) {
                count++;
            }
        }
        return count;
    }

    private Tasks tasks() throws IOException {
        Tasks tasks = new Tasks();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc.resolve("task"))) {
            for (Path folder : folders) {
                try {
                    tasks.add(folder, pid);
                } catch (NoSuchFileException _) {
                    // the thread ended between listing and reading; the process clock has its time
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return tasks;
    }

    record Glance(long atNs, long cpuNs, long rssBytes, int threadCount) {}

    private static final class Tasks {
        private final Map<String, ThreadRoleReading> byRole = new TreeMap<>();
        private long voluntarySwitches;
        private long involuntarySwitches;

        void add(Path folder, long pid) throws IOException {
            String comm = Files.readString(folder.resolve("comm")).strip();
            ProcFiles.SchedStat times = ProcFiles.schedStat(Files.readString(folder.resolve("schedstat")));
            String status = Files.readString(folder.resolve("status"));
            boolean isFirstThread = folder.getFileName().toString().equals(Long.toString(pid));
            ThreadRoleReading one =
                    new ThreadRoleReading(ThreadRole.of(comm, isFirstThread), 1, times.cpuNs(), times.runDelayNs());
            byRole.merge(one.role(), one, Tasks::sum);
            voluntarySwitches += ProcFiles.statusValue(status, "voluntary_ctxt_switches");
            involuntarySwitches += ProcFiles.statusValue(status, "nonvoluntary_ctxt_switches");
        }

        /// Without threads of a collector's own, the VM thread is where it works.
        List<ThreadRoleReading> roles() {
            ThreadRoleReading vmThread = byRole.remove(ThreadRole.VM_THREAD);
            if (vmThread != null) {
                String role = byRole.containsKey(ThreadRole.GC) ? ThreadRole.VM : ThreadRole.GC;
                byRole.merge(role, withRole(role, vmThread), Tasks::sum);
            }
            return List.copyOf(byRole.values());
        }

        private static ThreadRoleReading withRole(String role, ThreadRoleReading reading) {
            return new ThreadRoleReading(role, reading.threadCount(), reading.cpuNs(), reading.runDelayNs());
        }

        private static ThreadRoleReading sum(ThreadRoleReading a, ThreadRoleReading b) {
            return new ThreadRoleReading(
                    a.role(),
                    a.threadCount() + b.threadCount(),
                    a.cpuNs() + b.cpuNs(),
                    a.runDelayNs() + b.runDelayNs());
        }
    }
}
