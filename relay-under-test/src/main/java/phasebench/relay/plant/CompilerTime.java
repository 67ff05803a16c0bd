package phasebench.relay.plant;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// CPU time of the JVM's compiler threads, as the kernel keeps it (`/proc/self/task/TID/schedstat`, proc(5)): no bean
/// of the JVM tells it. 0 on another system.
final class CompilerTime {
    private static final Path TASKS = Path.of("/proc/self/task");

    /// `C1 CompilerThread0` and `C2 CompilerThread0`, as the kernel cuts them off.
    private static final String NAMES = "C[12] CompilerThre.*";

    private CompilerTime() {}

    /// In ns, of those that are there now: one that ended takes its time along.
    static long cpuNs() {
        long sumNs = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sumNs += cpuNs(task);
            }
        } catch (IOException _) {
            return 0;
        }
        return sumNs;
    }

    private static long cpuNs(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip().matches(NAMES)
                    ? Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0])
                    : 0;
        } catch (IOException _) {
            return 0; // it ended just now
        }
    }
}
