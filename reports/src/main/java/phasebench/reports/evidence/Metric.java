package phasebench.reports.evidence;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import phasebench.reports.evidence.TrialWindow.MissingEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialRecord;

/// What is computed of every trial: the catalogue, in the order of the report.
@SuppressWarnings("ImmutableEnumChecker") // the formulas hold no state, which the checker cannot see
public enum Metric {
    CPU_NS_PER_PACKET(
            "cpuNsPerPacket",
            "CPU per forwarded packet",
            Unit.NANOSECONDS,
            Traits.PRIMARY_LOWER,
            "CPU time of the relay's process over the window, by its CPU clock, without that of the compiler, which is of the"
                    + " JVM's start; over the distinct RTP packets that reached viewers",
            "(cpuNs - threads[role=jit].cpuNs; after - before) / load.packetsReceived",
            w -> (w.cpuNs() - (w.hasRole("jit") ? jitCpuNs(w) : 0)) / w.packets()),
    HEAP_LIVE_BYTES_PER_VIEWER(
            "heapLiveBytesPerViewer",
            "Live heap per viewer",
            Unit.BYTES,
            Traits.PRIMARY_LOWER,
            "Heap in use after a full collection at the end of the window, sessions alive, over the connected viewers",
            "heap.heapLiveBytes / load.viewersConnected",
            w -> w.heap().heapLiveBytes() / (double) w.viewers()),
    GOROUTINE_EQUIVALENTS_PER_VIEWER(
            "goroutineEquivalentsPerViewer",
            "Goroutine-equivalents per viewer",
            Unit.COUNT,
            Traits.PRIMARY_COUNT,
            "Live virtual threads and platform threads that are not the JVM's own, over the connected viewers",
            "(heap.threadsVirtual + heap.threadsPlatformApplication) / load.viewersConnected",
            w -> (w.heap().threadsVirtual() + w.heap().threadsPlatformApplication()) / (double) w.viewers()),
    LATENCY_NS_P99(
            "latencyNsP99",
            "Latency, 99th percentile",
            Unit.NANOSECONDS,
            Traits.GUARD_LOWER,
            "From the instant a packet was due to its arrival at the viewer",
            "load.latency.latencyNsP99",
            w -> latency(w, load -> load.latency().latencyNsP99())),
    LOSS_RATIO(
            "lossRatio",
            "Loss",
            Unit.SHARE,
            Traits.GUARD_DIFFERENCE,
            "Sequence numbers that no viewer's audit saw, over all that were sent to it",
            "load.packetsLost / (load.packetsReceived + load.packetsLost)",
            w -> w.load().packetsLost() / (double) (w.packets() + w.load().packetsLost())),
    CPU_PERCENT(
            "cpuPercent",
            "CPU of a core",
            Unit.PERCENT,
            Traits.LOWER,
            "CPU time of the relay's process over the time between the two readings",
            "100 * (after.cpuNs - before.cpuNs) / (after.atNs - before.atNs)",
            w -> 100.0 * w.cpuNs() / w.elapsedNs()),
    CPU_APPLICATION_NS_PER_PACKET(
            "cpuApplicationNsPerPacket",
            "CPU per packet without GC and JIT",
            Unit.NANOSECONDS,
            Traits.LOWER,
            "As CPU per forwarded packet, less the CPU time of the collector and of the compiler",
            "(cpuNs - GC - JIT) / load.packetsReceived",
            w -> (w.cpuNs() - gcCpuNs(w) - jitCpuNs(w)) / w.packets()),
    CPU_GC_NS(
            "cpuGcNs",
            "CPU of the collector",
            Unit.NANOSECONDS,
            Traits.LOWER_DIFFERENCE,
            "CPU time of the garbage collector over the window",
            "jvmCounters['sun.threads.total_gc_cpu_time'], else threads[role=gc, or vm-thread].cpuNs; after - before",
            Metric::gcCpuNs),
    CPU_JIT_NS(
            "cpuJitNs",
            "CPU of the compiler",
            Unit.NANOSECONDS,
            Traits.LOWER_DIFFERENCE,
            "CPU time of the JIT compiler's threads over the window; near 0 when the warm-up was long enough",
            "threads[role=jit].cpuNs; after - before",
            Metric::jitCpuNs),
    HEAP_LIVE_BYTES(
            "heapLiveBytes",
            "Live heap",
            Unit.BYTES,
            Traits.LOWER,
            "Heap in use after a full collection at the end of the window, sessions alive",
            "heap.heapLiveBytes",
            w -> w.heap().heapLiveBytes()),
    ALLOCATED_BYTES_PER_PACKET(
            "allocatedBytesPerPacket",
            "Allocation per packet",
            Unit.BYTES,
            Traits.LOWER,
            "Bytes that the relay's threads allocated on the heap over the window, over the packets that reached viewers",
            "relayCounters['jvm_allocated_bytes_total']; after - before / load.packetsReceived",
            w -> w.counted("jvm_allocated_bytes_total") / w.packets()),
    RSS_BYTES(
            "rssBytes",
            "Resident memory",
            Unit.BYTES,
            Traits.LOWER,
            "Resident set of the process after the window; with -Xms = -Xmx it says little about the heap",
            "after.rssBytes",
            w -> w.after().rssBytes()),
    THREADS_VIRTUAL(
            "threadsVirtual",
            "Virtual threads",
            Unit.COUNT,
            Traits.COUNT,
            "Live virtual threads after the window, sessions alive",
            "heap.threadsVirtual",
            w -> w.heap().threadsVirtual()),
    THREADS_PLATFORM_APPLICATION(
            "threadsPlatformApplication",
            "Platform threads of the relay",
            Unit.COUNT,
            Traits.COUNT,
            "Platform threads that are not the JVM's own, carriers of virtual threads included",
            "heap.threadsPlatformApplication",
            w -> w.heap().threadsPlatformApplication()),
    THREADS_PLATFORM_JVM(
            "threadsPlatformJvm",
            "Platform threads of the JVM",
            Unit.COUNT,
            Traits.COUNT,
            "Platform threads that the JVM runs for itself: collector, compiler and the like",
            "heap.threadsPlatformJvm",
            w -> w.heap().threadsPlatformJvm()),
    GOROUTINE_EQUIVALENTS(
            "goroutineEquivalents",
            "Goroutine-equivalents",
            Unit.COUNT,
            Traits.LOWER_COUNT,
            "Live virtual threads and platform threads that are not the JVM's own, sessions alive",
            "heap.threadsVirtual + heap.threadsPlatformApplication",
            w -> w.heap().threadsVirtual() + w.heap().threadsPlatformApplication()),
    LATENCY_NS_P50(
            "latencyNsP50",
            "Latency, median",
            Unit.NANOSECONDS,
            Traits.LOWER,
            "From the instant a packet was due to its arrival at the viewer",
            "load.latency.latencyNsP50",
            w -> latency(w, load -> load.latency().latencyNsP50())),
    LATENCY_NS_MAX(
            "latencyNsMax",
            "Latency, maximum",
            Unit.NANOSECONDS,
            Traits.LOWER,
            "From the instant a packet was due to its arrival at the viewer; one packet decides, so expect it to jump",
            "load.latency.latencyNsMax",
            w -> latency(w, load -> load.latency().latencyNsMax())),
    FRAMES_INCOMPLETE(
            "framesIncomplete",
            "Incomplete frames",
            Unit.COUNT,
            Traits.LOWER_COUNT,
            "Frames that a viewer should have seen and that did not arrive whole, over all viewers",
            "load.framesExpected - load.framesComplete",
            w -> w.load().framesExpected() - w.load().framesComplete()),
    PACKETS_PER_SECOND(
            "packetsPerSecond",
            "Packets per second",
            Unit.PER_SECOND,
            Traits.HIGHER,
            "Distinct RTP packets that reached viewers, over the length of the window; the load must be equal in all variants",
            "load.packetsReceived / load.windowNs",
            w -> w.packets() * 1e9 / w.load().windowNs()),
    SEND_CALLS_PER_PACKET(
            "sendCallsPerPacket",
            "Send calls per packet",
            Unit.COUNT,
            Traits.LOWER,
            "System calls that send, over the RTP packets handed to the socket",
            "relayCounters: relay_send_calls_total / relay_rtp_packets_out_total; after - before",
            w -> w.counted("relay_send_calls_total") / w.counted("relay_rtp_packets_out_total")),
    WAKE_UPS_PER_PACKET(
            "wakeUpsPerPacket",
            "Wake-ups per packet",
            Unit.COUNT,
            Traits.NEUTRAL,
            "Voluntary context switches of the relay over the packets that reached viewers; an idle core makes them dear, and a busy one rare",
            "(after.voluntarySwitches - before.voluntarySwitches) / load.packetsReceived",
            w -> (w.after().voluntarySwitches() - w.before().voluntarySwitches()) / (double) w.packets()),
    RUN_DELAY_PERCENT(
            "runDelayPercent",
            "Run delay",
            Unit.PERCENT,
            Traits.NEUTRAL,
            "Time that the relay's threads were runnable and waited for a core, over the time between the readings",
            "100 * threads[*].runDelayNs; after - before / (after.atNs - before.atNs)",
            w -> 100.0 * w.runDelayNs() / w.elapsedNs()),
    SENDER_REPORTS_PER_SECOND(
            "senderReportsPerSecond",
            "Sender reports per second",
            Unit.PER_SECOND,
            Traits.LOWER,
            "RTCP sender reports that left the relay",
            "relayCounters['relay_rtcp_packets_out_total{type=\"SR\"}']; after - before / (after.atNs - before.atNs)",
            w -> w.counted("relay_rtcp_packets_out_total{type=\"SR\"}") * 1e9 / w.elapsedNs()),
    SOCKETS(
            "sockets",
            "Sockets",
            Unit.COUNT,
            Traits.LOWER_COUNT,
            "Sockets that the relay has open after the window",
            "after.relayCounters['relay_sockets']",
            w -> w.gauge("relay_sockets")),
    OPEN_FILES(
            "openFiles",
            "Open files",
            Unit.COUNT,
            Traits.LOWER_COUNT,
            "Open file descriptors of the process after the window",
            "after.openFiles",
            w -> w.after().openFiles());

    private static final String GC_COUNTER = "sun.threads.total_gc_cpu_time";

    private final String id;
    private final String label;
    private final Unit unit;
    private final Traits traits;
    private final String meaning;
    private final String source;
    private final ToDoubleFunction<TrialWindow> formula;

    Metric(
            String id,
            String label,
            Unit unit,
            Traits traits,
            String meaning,
            String source,
            ToDoubleFunction<TrialWindow> formula) {
        this.id = id;
        this.label = label;
        this.unit = unit;
        this.traits = traits;
        this.meaning = meaning;
        this.source = source;
        this.formula = formula;
    }

    /// Name in files: metric, unit, statistic.
    public String id() {
        return id;
    }

    /// Name on pages.
    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }

    public Traits traits() {
        return traits;
    }

    /// What it is, in a sentence without a full stop.
    public String meaning() {
        return meaning;
    }

    /// The fields of `trial.json` that it is computed from.
    public String source() {
        return source;
    }

    public static Optional<Metric> byId(String id) {
        return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
    }

    /// The metric of one trial, whatever the trial's outcome.
    public Reading of(TrialRecord trial) {
        try {
            return Reading.of(formula.applyAsDouble(new TrialWindow(trial)), "nothing was delivered in the window");
        } catch (MissingEvidence e) {
            return new Reading.Missing(String.valueOf(e.getMessage()));
        }
    }

    /// Without the JVM's own counter, by threads: the serial collector has none of its own and runs in the VM
    /// thread.
    private static double gcCpuNs(TrialWindow window) {
        String role = window.hasRole("gc") ? "gc" : "vm-thread";
        return window.jvmCounted(GC_COUNTER).map(Long::doubleValue).orElseGet(() -> roleCpuNs(window, role));
    }

    private static double jitCpuNs(TrialWindow window) {
        return roleCpuNs(window, "jit");
    }

    private static double roleCpuNs(TrialWindow window, String role) {
        if (!window.hasRole(role)) {
            throw new MissingEvidence("no reading of threads with the role " + role);
        }
        return window.roleCpuNs(role);
    }

    private static double latency(TrialWindow window, ToDoubleFunction<LoadEvidence> quantile) {
        if (window.load().latency().packetCount() == 0) {
            throw new MissingEvidence("no packet with a known due time arrived");
        }
        return quantile.applyAsDouble(window.load());
    }
}
