package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phasebench.harness.machine.Finding.State;

/// Looks at everything a measurement needs of the machine, and never stops at the first problem.
public final class Doctor {
    /// Two JVMs of 1 GB of heap each, with room for the page cache.
    private static final long MEMORY_BYTES_MIN = 3L << 30;

    private static final long DISK_BYTES_MIN = 500L << 20;
    private static final Duration NOISE_SAMPLE = Duration.ofMillis(1500);

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final CpuTopology topology;
    private final Path javaHome;
    private final Path runsFolder;

    /// @param javaHome the JDK that relay and load run on
    /// @param runsFolder where results will be written; need not exist
    public Doctor(CpuTopology topology, Path javaHome, Path runsFolder) {
        this.topology = topology;
        this.javaHome = javaHome;
        this.runsFolder = runsFolder;
    }

    /// All findings; takes about two seconds, because noise needs a look of that length.
    public List<Finding> examine() throws InterruptedException {
        // first, before the other looks make noise of their own
        Finding noise = noise();
        List<Finding> findings = new ArrayList<>();
        findings.add(system());
        findings.add(jdk());
        findings.add(cores());
        findings.add(utilLinux());
        findings.add(noise);
        findings.add(memory());
        findings.add(disk());
        findings.add(perfEvents());
        findings.add(tracefs());
        findings.add(gso());
        findings.add(sendmmsg());
        findings.add(openssl());
        findings.add(program("ffmpeg", "publishing from the command line and the end-to-end test", "ffmpeg", "ffmpeg"));
        findings.add(program(
                "browser",
                "watching in a browser and the end-to-end test",
                "chromium",
                "chromium",
                "chromium-browser",
                "google-chrome"));
        return List.copyOf(findings);
    }

    private static Finding system() {
        Optional<String> failure = LinuxCalls.instance().failure();
        boolean isLinux = System.getProperty("os.name").equals("Linux");
        if (isLinux && failure.isEmpty()) {
            return Finding.ok("system", "Linux " + System.getProperty("os.version"));
        }
        return new Finding(
                "system",
                State.UNFIT,
                isLinux ? failure.orElse("") : System.getProperty("os.name"),
                "CPU time of the relay cannot be read",
                "run on Linux with glibc, java with --enable-native-access=ALL-UNNAMED");
    }

    private Finding jdk() {
        String version = System.getProperty("java.runtime.version");
        boolean hasTools = Files.isExecutable(javaHome.resolve("bin/jcmd"));
        if (Runtime.version().feature() >= 25 && hasTools) {
            return Finding.ok("JDK", version);
        }
        return new Finding(
                "JDK",
                State.UNFIT,
                version + (hasTools ? "" : " without bin/jcmd"),
                "neither relay nor harness can run",
                "install a JDK (not a JRE) 25 or newer and set JAVA_HOME");
    }

    private Finding cores() {
        String found = "cores " + topology.allowedCores();
        if (topology.allowedCores().size() == 1) {
            return new Finding(
                    "cores",
                    State.WARN,
                    found,
                    "relay and load share one core, nothing is pinned: CPU figures include the load's disturbance, and"
                            + " nobody can tell who disturbed whom",
                    "give the machine or container two cores");
        }
        if (topology.areEndsSiblings()) {
            return new Finding(
                    "cores",
                    State.WARN,
                    found + ", relay's and load's core are two threads of one",
                    "load slows the relay by what the two share",
                    "allow a core of another physical core (taskset, cpuset)");
        }
        return Finding.ok("cores", found);
    }

    private static Finding utilLinux() {
        CpuPinning.UtilLinux tools = CpuPinning.UtilLinux.find();
        List<String> missing = new ArrayList<>();
        if (!tools.hasSetsid()) {
            missing.add("setsid");
        }
        if (!tools.hasSetpriv()) {
            missing.add("setpriv");
        }
        if (!tools.hasTaskset()) {
            missing.add("taskset");
        }
        if (missing.isEmpty()) {
            return Finding.ok("util-linux", "setsid, setpriv, taskset");
        }
        return new Finding(
                "util-linux",
                State.MISSING,
                "no " + String.join(", ", missing),
                "setsid: one scheduler group for all; setpriv: a killed harness leaves its children; taskset: nothing is"
                        + " pinned, 2 to 5 times the noise",
                "apt-get install util-linux");
    }

    private Finding noise() throws InterruptedException {
        if (!Files.isReadable(Path.of("/proc/stat"))) {
            return new Finding("noise now", State.MISSING, "no /proc/stat", "disturbances go unseen", "run on Linux");
        }
        MachineNoise noise = MachineNoise.sample(topology.allowedCores(), NOISE_SAMPLE);
        return noise.isDisturbing()
                ? new Finding(
                        "noise now",
                        State.WARN,
                        noise.toString(),
                        "trials will be invalid (machine disturbed) or noisy",
                        "stop what else runs here, or wait")
                : Finding.ok("noise now", noise.toString());
    }

    private static Finding memory() {
        long bytes = EnvironmentProbe.memoryAvailableBytes();
        String found = (bytes >> 20) + " MB available";
        return bytes >= MEMORY_BYTES_MIN
                ? Finding.ok("memory", found)
                : new Finding(
                        "memory",
                        State.WARN,
                        found,
                        "two JVMs of 1 GB may swap or be killed",
                        "free " + (MEMORY_BYTES_MIN >> 20) + " MB");
    }

    private Finding disk() {
        try {
            Path existing = runsFolder.toAbsolutePath();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            if (!Files.isWritable(existing)) {
                return new Finding(
                        "disk", State.UNFIT, existing + " is not writable", "no result can be kept", "choose --runs");
            }
            long bytes = Files.getFileStore(existing).getUsableSpace();
            String found = (bytes >> 20) + " MB free";
            return bytes >= DISK_BYTES_MIN
                    ? Finding.ok("disk", found)
                    : new Finding("disk", State.UNFIT, found, "a run may not fit", "free 500 MB, or choose --runs");
        } catch (IOException e) {
            return new Finding("disk", State.UNFIT, e.toString(), "no result can be kept", "choose --runs");
        }
    }

    private static Finding perfEvents() {
        PerfEvents events = PerfEvents.probe();
        return events.hasKernelStacks()
                ? Finding.ok("perf events", events.reason())
                : new Finding(
                        "perf events",
                        State.WARN,
                        events.reason(),
                        "profiles show no kernel stacks: what sending costs inside the kernel stays one block",
                        "sysctl kernel.perf_event_paranoid=1 kernel.kptr_restrict=0, or run as root");
    }

    private static Finding tracefs() {
        boolean isMounted = Files.isDirectory(Path.of("/sys/kernel/tracing/events"))
                || Files.isDirectory(Path.of("/sys/kernel/debug/tracing/events"));
        return isMounted
                ? Finding.ok("tracefs", "mounted")
                : new Finding(
                        "tracefs",
                        State.MISSING,
                        "not mounted",
                        "system calls are counted by the relay alone, not by the kernel",
                        "mount -t tracefs nodev /sys/kernel/tracing");
    }

    private static Finding gso() {
        try {
            LinuxCalls.instance().trySocketOption(SOL_UDP, UDP_SEGMENT, 1200);
            return Finding.ok("UDP GSO", "UDP_SEGMENT accepted");
        } catch (IOException e) {
            return new Finding(
                    "UDP GSO",
                    State.MISSING,
                    String.valueOf(e.getMessage()),
                    "variants that send by GSO fall back",
                    "Linux 4.18 or newer");
        }
    }

    private static Finding sendmmsg() {
        return LinuxCalls.hasFunction("sendmmsg")
                ? Finding.ok("sendmmsg", "in the C library")
                : new Finding(
                        "sendmmsg",
                        State.MISSING,
                        "not in the C library",
                        "variants that send in batches fall back",
                        "use glibc");
    }

    private static Finding openssl() {
        return switch (Libcrypto.load()) {
            case Libcrypto.Loaded loaded -> Finding.ok("OpenSSL", loaded.text());
            case Libcrypto.Missing(String reason) ->
                new Finding(
                        "OpenSSL",
                        State.MISSING,
                        reason,
                        "variants that encrypt with OpenSSL cannot run; nothing else needs it",
                        "apt-get install libssl3");
        };
    }

    private static Finding program(String name, String use, String debianPackage, String... names) {
        return Programs.find(names)
                .map(path -> Finding.ok(name, path.toString()))
                .orElseGet(() -> new Finding(
                        name,
                        State.MISSING,
                        "none on PATH",
                        "measurements: nothing; needed for " + use,
                        "apt-get install " + debianPackage));
    }
}
