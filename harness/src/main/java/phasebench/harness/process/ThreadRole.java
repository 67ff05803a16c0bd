package phasebench.harness.process;

import java.util.List;
import java.util.regex.Pattern;

/// What a thread is for, told by its name as the kernel keeps it (`comm`, at most 15 characters).
public final class ThreadRole {
    /// Roles of threads that the JVM runs for itself.
    static final String GC = "gc";

    static final String JIT = "jit";
    static final String VM = "vm";

    /// The thread that runs the JVM's stop-the-world operations; under Serial that is first of all the collector.
    static final String VM_THREAD = "vm-thread";

    static final String ATTACH = "attach";
    static final String PROFILER = "profiler";

    /// Threads that run virtual threads, and those that watch their sockets.
    static final String CARRIER = "carrier";

    static final String POLLER = "poller";

    private static final List<String> OF_JVM = List.of(GC, JIT, VM, VM_THREAD, ATTACH, PROFILER);

    /// In this order: the first that matches. Names seen in Temurin 25.0.3 under Serial, G1 and ZGC.
    private static final List<Rule> RULES = List.of(
            new Rule(
                    GC,
                    "GC Thread#.*|G1 .*|Shenandoah.*|ZWorker.*|ZDirector.*|ZDriver.*|ZStat|ZUncommitter.*|RuntimeWorker.*"),
            new Rule(JIT, "C[12] CompilerThre.*|Sweeper thread"),
            new Rule(VM_THREAD, "VM Thread"),
            new Rule(ATTACH, "Attach Listener"),
            new Rule(PROFILER, "JFR .*|Async-profiler.*|CPU Sampler.*|async-profiler.*"),
            new Rule(CARRIER, "ForkJoinPool-1-.*|ForkJoinPool-1"),
            new Rule(POLLER, "(Read|Write|Master)-?Poller.*"),
            new Rule(
                    VM,
                    "VM Periodic Tas.*|Reference Handl.*|Finalizer|Signal Dispatch.*|SIG\\w+ handler"
                            + "|Service Thread|Monitor Deflati.*|Notification Th.*|Common-Cleaner|Cleaner-.*"
                            + "|VirtualThread-u.*|DestroyJavaVM|StringDedupProc.*"));

    private static final Pattern TRAILING_NUMBER = Pattern.compile("[-_ #]*\\d+$");

    private ThreadRole() {}

    /// Role of a thread. A name that no rule knows is the application's: its own role, without the trailing number.
    ///
    /// @param isFirstThread whether it is the process's first thread, in which the launcher waits for the JVM to
    ///     end
    public static String of(String comm, boolean isFirstThread) {
        if (isFirstThread) {
            return VM;
        }
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(comm).matches()) {
                return rule.role;
            }
        }
        // the launcher made the thread that runs main(), and the JVM leaves its name alone
        String role =
                comm.equals("java") ? "main" : TRAILING_NUMBER.matcher(comm).replaceAll("");
        return role.isBlank() ? comm : role;
    }

    /// Whether the JVM runs such a thread for itself. Carriers and pollers do the application's work.
    public static boolean isOfJvm(String role) {
        return OF_JVM.contains(role);
    }

    private record Rule(String role, Pattern pattern) {
        Rule(String role, String regex) {
            this(role, Pattern.compile(regex));
        }
    }
}
