package phasebench.harness.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.ThreadRoleReading;

/// What only the JVM itself can tell, asked for by attach: never while a window is open.
public final class JvmInterior {
    /// Live objects by class.
    public static final String HISTOGRAM_FILE = "heap-histogram.txt";

    /// Every thread with its stack.
    public static final String THREADS_FILE = "threads.json";

    private static final String COMMANDS_FILE = "jcmd.txt";

    private JvmInterior() {}

    /// Counters and heap of one JVM.
    public record AtEnd(Map<String, Long> jvmCounters, HeapEvidence heap) {}

    /// CPU time of the JVM's own threads, collections and compilations so far.
    public static Map<String, Long> counters(Jcmd jcmd) throws RelayException, InterruptedException {
        return PerfCounters.parse(jcmd.run("PerfCounter.print"));
    }

    /// Moves what lives for long to where it lies in a relay that has run for hours. Until then each young collection
    /// copies all of it, fifteen times in all (MaxTenuringThreshold): with 50 viewers 5 % of the CPU at first,
    /// and a tenth of that behind the fifteenth collection, which no two relays reach at the same time.
    public static void tenure(Jcmd jcmd) throws RelayException, InterruptedException {
        jcmd.run("GC.run");
    }

    /// What is asked at the end of a trial while the sessions are still alive: counters, threads, then the heap.
    /// The first collection lets cleaners drop what they hold; the second one counts.
    ///
    /// @param folder where histogram and dump are kept
    public static AtEnd atEnd(Jcmd jcmd, ProcessReader reader, Path folder)
            throws RelayException, InterruptedException {
        List<ThreadRoleReading> threads = reader.threadsByRole();
        Map<String, Long> counters = counters(jcmd);
        Path dump = folder.resolve(THREADS_FILE).toAbsolutePath();
        String answers = jcmd.runAll(
                folder.resolve(COMMANDS_FILE),
                "Thread.dump_to_file -overwrite -format=json " + dump,
                "GC.run",
                "GC.class_histogram");
        try {
            Files.writeString(folder.resolve(HISTOGRAM_FILE), ClassHistogram.in(answers));
            HeapEvidence heap = new HeapEvidence(
                    ClassHistogram.liveBytes(answers),
                    committedBytes(counters),
                    count(threads, true),
                    count(threads, false),
                    ThreadDump.virtualThreads(dump));
            return new AtEnd(counters, heap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new RelayException("jcmd gave no class histogram: " + answers, e);
        }
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
