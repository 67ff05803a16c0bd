package phasebench.harness.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The relay's command line; the only place that knows the JVM flags of a trial. Every variant gets the same ones,
/// and its own after them.
///
/// @param launcherPrefix what starts the JVM, such as `setsid taskset --cpu-list 0`
/// @param cores cores that the JVM believes to have: as many as it is pinned to
/// @param variantFlags the variant's own flags, after those that all variants share
public record JvmCommand(List<String> launcherPrefix, Path javaHome, int cores, List<String> variantFlags, Path jar) {
    /// Serial: no helper threads that add noise; the JIT's and GC's threads never exit, so that sums over threads
    /// lose nothing. The last three let profilers and attach work without a warning, in every trial alike, because
    /// they change what the JIT emits.
    static final List<String> SHARED_FLAGS = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:-UseDynamicNumberOfGCThreads",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED");

    private static final Predicate<String> COLLECTOR_FLAG =
            Pattern.compile("-XX:\\+Use\\w+GC").asMatchPredicate();

    public JvmCommand {
        launcherPrefix = List.copyOf(launcherPrefix);
        variantFlags = List.copyOf(variantFlags);
        if (cores < 1) {
            throw new IllegalArgumentException("cores is not positive: " + cores);
        }
    }

    /// What every variant's JVM gets, for other processes that are to be like a relay's.
    public static List<String> sharedFlags(int cores) {
        return Stream.concat(SHARED_FLAGS.stream(), Stream.of("-XX:ActiveProcessorCount=" + cores))
                .toList();
    }

    /// The whole command line, program arguments at its end.
    public List<String> with(String... programArguments) {
        List<String> command = new ArrayList<>(launcherPrefix);
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(flags());
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(List.of(programArguments));
        return List.copyOf(command);
    }

    /// All JVM flags in effect order: of two that contradict each other the last one wins.
    public List<String> flags() {
        boolean isCollectorChosen = variantFlags.stream().anyMatch(COLLECTOR_FLAG);
        return Stream.of(sharedFlags(cores), variantFlags)
                .flatMap(List::stream)
                // the JVM refuses two collectors
                .filter(flag -> !isCollectorChosen || !flag.equals("-XX:+UseSerialGC") || variantFlags.contains(flag))
                .toList();
    }
}
