package phasebench.reports.micro;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The phases that benchmarks of the relay explain, by the benchmarks' names. The relay's build makes the benchmarks,
/// and `phasebench micro` finds out whether all of these exist.
public enum MicroPhase {
    NO_NACK(
            "no-nack",
            List.of("NackBenchmark"),
            List.of(new MicroPair(
                    "keep a packet for a viewer's NACK: private copy, nothing",
                    MicroBenchmark.of("NackBenchmark.storePrivateCopy"),
                    MicroBenchmark.of("NackBenchmark.storeNothing")))),
    BUFFER_POOL(
            "buffer-pool",
            List.of("BufferBenchmark"),
            List.of(
                    pair(
                            "take and release a buffer, one thread",
                            "BufferBenchmark.oneThread",
                            "buffers",
                            "ALLOCATE",
                            "POOLED"),
                    pair("the same, two threads", "BufferBenchmark.twoThreads", "buffers", "ALLOCATE", "POOLED"))),
    NO_COPY(
            "no-copy",
            List.of("PacketizeBenchmark", "CopyBenchmark"),
            List.of(new MicroPair(
                    "a viewer's packets from a frame: cut and copied, shared",
                    MicroBenchmark.of("PacketizeBenchmark.perViewer"),
                    MicroBenchmark.of("PacketizeBenchmark.shared")))),
    SRTP_GCM(
            "srtp-gcm",
            List.of("SrtpProtectBenchmark"),
            List.of(
                    profiles("protect by JCE into an array", "JCE", "HEAP"),
                    profiles("protect by JCE into native memory", "JCE", "NATIVE"),
                    profiles("protect by OpenSSL into native memory", "OPENSSL", "NATIVE"))),
    PROVIDER(
            "provider",
            List.of("SrtpProtectBenchmark"),
            List.of(
                    providers("AES-GCM into native memory: JCE, OpenSSL", "AEAD_AES_128_GCM"),
                    providers("AES-CM with HMAC-SHA1 into native memory: JCE, OpenSSL", "AES_CM_128_HMAC_SHA1_80"))),
    WORKER_POOL(
            "worker-pool",
            List.of("HandOverBenchmark", "TimerBenchmark"),
            List.of(
                    new MicroPair(
                            "hand a frame to a viewer: a queue and thread each, one loop",
                            MicroBenchmark.of("HandOverBenchmark.queuePerViewer"),
                            MicroBenchmark.of("HandOverBenchmark.queuePerShard")),
                    new MicroPair(
                            "set a timer and have it fire: executor, wheel",
                            MicroBenchmark.of("TimerBenchmark.executor"),
                            MicroBenchmark.of("TimerBenchmark.wheel")))),
    BATCH_SEND(
            "batch-send",
            List.of("SendBenchmark"),
            List.of(pair("send a packet: alone, in a batch", "SendBenchmark.send", "send", "SINGLE", "BATCH"))),
    GSO_SEND(
            "gso-send",
            List.of("SendBenchmark"),
            List.of(pair("send a packet: in a batch, by segments", "SendBenchmark.send", "send", "BATCH", "GSO"))),
    SHARED_NACK(
            "shared-nack",
            List.of("NackBenchmark"),
            List.of(
                    new MicroPair(
                            "keep a packet for NACKs: private copy, one history for 100 viewers",
                            MicroBenchmark.of("NackBenchmark.storePrivateCopy"),
                            MicroBenchmark.of("NackBenchmark.storeInHistory")),
                    new MicroPair(
                            "find a packet again: private copy, history",
                            MicroBenchmark.of("NackBenchmark.resendPrivateCopy"),
                            MicroBenchmark.of("NackBenchmark.resendFromHistory"))));

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // by List.of
    private final List<String> benchmarkClasses;

    @SuppressWarnings("ImmutableEnumChecker") // by List.of
    private final List<MicroPair> pairs;

    MicroPhase(String id, List<String> benchmarkClasses, List<MicroPair> pairs) {
        this.id = id;
        this.benchmarkClasses = benchmarkClasses;
        this.pairs = pairs;
    }

    /// As in `scenarios/phases.yaml`.
    public String id() {
        return id;
    }

    /// Simple names of the classes whose benchmarks belong to the phase.
    public List<String> benchmarkClasses() {
        return benchmarkClasses;
    }

    public List<MicroPair> pairs() {
        return pairs;
    }

    public static Optional<MicroPhase> byId(String id) {
        return Arrays.stream(values()).filter(phase -> phase.id.equals(id)).findFirst();
    }

    /// All ids, for a message.
    public static String ids() {
        return Arrays.stream(values()).map(MicroPhase::id).collect(Collectors.joining(", "));
    }

    private static MicroPair pair(String what, String name, String parameter, String before, String after) {
        return new MicroPair(
                what, MicroBenchmark.of(name, parameter, before), MicroBenchmark.of(name, parameter, after));
    }

    private static MicroPair profiles(String what, String provider, String memory) {
        return new MicroPair(
                what,
                protect("AES_CM_128_HMAC_SHA1_80", provider, memory),
                protect("AEAD_AES_128_GCM", provider, memory));
    }

    private static MicroPair providers(String what, String profile) {
        return new MicroPair(what, protect(profile, "JCE", "NATIVE"), protect(profile, "OPENSSL", "NATIVE"));
    }

    private static MicroBenchmark protect(String profile, String provider, String memory) {
        return new MicroBenchmark(
                "SrtpProtectBenchmark.protect", Map.of("profile", profile, "provider", provider, "memory", memory));
    }
}
