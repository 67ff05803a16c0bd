package phasebench.harness.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;

/// What only the JVM itself can tell, asked for by attach: never while a window is open.
public final class JvmInterior {
    /// Live objects by class.
    public static final String HISTOGRAM_FILE = "heap-histogram.txt";

    /// Every thread with its stack.
    public static final String THREADS_FILE = "threads.json";

    private JvmInterior() {}

    /// CPU time of the JVM's own threads, collections and compilations so far.
    public static Map<String, Long> counters(Jcmd jcmd) throws RelayException, InterruptedException {
        return PerfCounters.parse(jcmd.run("PerfCounter.print"));
    }

    /// The same reading with the JVM's counters in it.
    public static ProcessReading withCounters(ProcessReading reading, Map<String, Long> jvmCounters) {
        return new ProcessReading(
                reading.atNs(),
                reading.cpuNs(),
                reading.threads(),
                reading.voluntarySwitches(),
                reading.involuntarySwitches(),
                reading.rssBytes(),
                reading.openFiles(),
                reading.coreBusyNs(),
                reading.coreStealNs(),
                reading.relayCounters(),
                jvmCounters);
    }

    /// Heap live after full collections, and threads, both while the sessions are alive. The first collection lets
    /// cleaners drop what they hold; the second one counts.
    ///
    /// @param after the reading that says how much heap is committed
    /// @param folder where histogram and dump are kept
    public static HeapEvidence heapAndThreads(Jcmd jcmd, ProcessReader reader, ProcessReading after, Path folder)
            throws RelayException, InterruptedException {
        List<ThreadRoleReading> threads = reader.threadsByRole();
        Path dump = folder.resolve(THREADS_FILE).toAbsolutePath();
        jcmd.run("Thread.dump_to_file", "-overwrite", "-format=json", dump.toString());
        jcmd.run("GC.run");
        String histogram = jcmd.run("GC.class_histogram");
        try {
            Files.writeString(folder.resolve(HISTOGRAM_FILE), histogram);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int ofJvm = count(threads, true);
        return new HeapEvidence(
                ClassHistogram.liveBytes(histogram),
                committedBytes(after.jvmCounters()),
                ofJvm,
                count(threads, false),
                ThreadDump.virtualThreads(dump));
    }

    private static long committedBytes(Map<String, Long> counters) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().matches("sun\\.gc\\.generation\\.\\d+\\.capacity"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static int count(List<ThreadRoleReading> threads, boolean ofJvm) {
        return threads.stream()
                .filter(thread -> ThreadRole.isOfJvm(thread.role()) == ofJvm)
                .mapToInt(ThreadRoleReading::threadCount)
                .sum();
    }
}
