package phasebench.harness.profiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import one.profiler.AsyncProfiler;
import phasebench.harness.machine.PerfEvents;

/// Makes the profilers ready before the first trial: the library beside the run, and the best engine that is
/// allowed.
public final class Preflight {
    /// Folders in the Maven artifact, by what Java calls the architecture.
    private static final Map<String, String> PLATFORMS = Map.of("amd64", "linux-x64", "aarch64", "linux-arm64");

    private Preflight() {}

    /// Version of the async-profiler that ships with the harness.
    public static String asyncProfilerVersion() {
        return version("async-profiler");
    }

    /// Extracts async-profiler's library into a folder.
    ///
    /// @throws IOException if there is none for this machine, or the folder cannot be written
    public static Profiler.AsyncProfilerAndJfr prepare(Path folder, PerfEvents perfEvents) throws IOException {
        String platform = PLATFORMS.get(System.getProperty("os.arch"));
        String resource = "/" + platform + "/libasyncProfiler.so";
        try (InputStream library = AsyncProfiler.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("async-profiler has no library for " + System.getProperty("os.arch"));
            }
            Path file = folder.resolve("libasyncProfiler.so");
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            Profiler.CpuEvent event = perfEvents.hasKernelStacks() ? Profiler.CpuEvent.CPU : Profiler.CpuEvent.CTIMER;
            return new Profiler.AsyncProfilerAndJfr(file, event);
        }
    }

    private static String version(String artifact) {
        String resource = "/META-INF/maven/tools.profiler/" + artifact + "/pom.properties";
        try (InputStream properties = AsyncProfiler.class.getResourceAsStream(resource)) {
            if (properties == null) {
                return "unknown";
            }
            var loaded = new java.util.Properties();
            loaded.load(properties);
            return loaded.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
