package phasebench.relay.plant;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// CPU time of the JVM's compiler threads, as the kernel keeps it (`/proc/self/task/TID/schedstat`, proc(5)): no bean
/// of the JVM tells it. Those that are there when it is made: with `-XX:-UseDynamicNumberOfCompilerThreads`, which
/// every relay that is measured gets, there are no others. None on another system than Linux.
final class CompilerTime {
    private static final Path TASKS = Path.of("/proc/self/task");

    /// `C1 CompilerThread0` and `C2 CompilerThread0`, as the kernel cuts them off.
    private static final String NAMES = "C[12] CompilerThre.*";

    private final List<Path> compilers;

    private CompilerTime(List<Path> compilers) {
        this.compilers = compilers;
    }

    static CompilerTime ofThisProcess() {
        List<Path> compilers = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (read(task.resolve("comm")).strip().matches(NAMES)) {
                    compilers.add(task.resolve("schedstat"));
                }
            }
        } catch (IOException _) {
            compilers.clear();
        }
        return new CompilerTime(List.copyOf(compilers));
    }

    /// In ns.
    long cpuNs() {
        return compilers.stream()
                .map(CompilerTime::read)
                .filter(times -> !times.isEmpty())
                .mapToLong(times -> Long.parseLong(times.split(" ", 2)[0]))
                .sum();
    }

    /// Empty for a thread that ended.
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
