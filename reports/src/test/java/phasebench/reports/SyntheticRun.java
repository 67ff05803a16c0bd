package phasebench.reports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.scenarios.Drive;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

/// A run directory as the harness would write it, with numbers of realistic size and a seeded noise: 100
/// viewers, three variants, one invalid trial and its repeat, one failed trial without, and a profile of two
/// variants of three.
final class SyntheticRun {
    static final Instant START = Instant.parse("2026-11-22T17:45:01Z");
    private static final long WINDOW_NS = 8_000_000_000L;
    private static final int VIEWERS = 100;
    private static final long PACKETS = 8L * 30 * 11 / 2 * VIEWERS;

    /// What a variant costs: the truth behind the noise.
    record Truth(
            String id, String description, Map<String, String> settings, double cpuNsPerPacket, double sendCalls) {}

    static final Truth BEFORE = new Truth(
            "start", "AES-CM with HMAC-SHA1, one system call per packet", settings("aes-cm-sha1", "single"), 9800, 1.0);
    static final Truth GCM =
            new Truth("srtp-gcm", "AES-GCM where the viewer offers it", settings("aes-gcm", "single"), 8650, 1.0);
    static final Truth BATCH = new Truth(
            "batch-send",
            "AES-GCM, and packets leave in batches (sendmmsg)",
            settings("aes-gcm", "batch"),
            6420,
            0.034);

    private final Path runs;
    private final int rounds;
    private final List<Truth> variants;
    private final Random random = new Random(7);
    private Instant now = START;

    SyntheticRun(Path runs, int rounds, List<Truth> variants) {
        this.runs = runs;
        this.rounds = rounds;
        this.variants = variants;
    }

    static Path standard(Path runs) throws IOException {
        return new SyntheticRun(runs, 4, List.of(BEFORE, GCM, BATCH)).write();
    }

    /// The shipped ladder: each phase 4 % cheaper than the one below.
    static Path ladder(Path runs, PhaseLadder phases) throws IOException {
        List<Truth> variants = new ArrayList<>();
        double cpuNs = 14_000;
        for (Variant variant : phases.variants()) {
            variants.add(new Truth(variant.id(), variant.description(), variant.settings(), cpuNs, 1));
            cpuNs *= 0.96;
        }
        Path run = new SyntheticRun(runs, 4, variants).write();
        RunDirectory.open(run).writePhases(phases);
        return run;
    }

    private static Map<String, String> settings(String srtp, String send) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rtcpInterval", "1s");
        settings.put("srtp", srtp);
        settings.put("send", send);
        return settings;
    }

    Path write() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "first", START);
        run.writeManifest(manifest(run.id()));
        run.writeFloor(SyntheticFloor.complete());
        for (int round = 1; round <= rounds; round++) {
            for (Truth truth : variants) {
                TrialId id = new TrialId(TrialKind.STEADY, round, truth.id(), 1);
                if (round == 2 && truth.equals(GCM)) {
                    write(
                            run,
                            trial(
                                    id,
                                    truth,
                                    new TrialOutcome.Invalid(
                                            List.of(
                                                    "other processes used 14.2 % of the relay's core (limit 2 %)",
                                                    "the load generator's sockets dropped 312 datagrams (net.core.rmem_max is 212992)"))));
                    id = new TrialId(TrialKind.STEADY, round, truth.id(), 2);
                }
                boolean fails = round == 3 && truth.equals(BATCH) && variants.size() > 1;
                write(run, fails ? failed(id) : trial(id, truth, new TrialOutcome.Measured()));
            }
        }
        for (Truth truth : variants.subList(0, variants.size() > 2 ? 2 : variants.size())) {
            write(run, trial(new TrialId(TrialKind.PROFILED, 1, truth.id(), 1), truth, new TrialOutcome.Measured()));
        }
        return run.path();
    }

    private RunManifest manifest(String runId) {
        List<String> order = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Truth truth : variants) {
                order.add(new TrialId(TrialKind.STEADY, round, truth.id(), 1).directoryName());
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Machine", "2 cores, Intel Xeon (Sapphire Rapids), 24 GB, KVM");
        environment.put("Kernel", "6.18.44");
        environment.put("JDK of the relay", "Temurin 25.0.3+9");
        environment.put("Cores", "relay 0, load 1");
        environment.put("async-profiler", "4.6");
        environment.put("Relay", "relay.jar sha-256 5d41402abc4b2a76b9719d911017c592");
        return new RunManifest(
                RunManifest.SCHEMA_VERSION,
                runId,
                START.toString(),
                List.of("scripts/phasebench", "run", "scenarios/first.yaml", "--seed", "20261122"),
                experiment(),
                order,
                environment,
                List.of("No hardware counters (PMU) on this machine: cycles and cache misses are not available."));
    }

    private ExperimentSpec experiment() {
        Scenario scenario = new Scenario(
                "plan-100",
                "100 viewers watch one clip",
                List.of(new StreamSpec("clip", new MediaSource.Clip("testcard", 30), Transport.TCP)),
                new ViewerLoad(VIEWERS, 0.1, 0.1),
                new Drive.Open(),
                new TrialTiming(
                        Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofMillis(500)));
        return new ExperimentSpec(
                "first",
                "What AES-GCM, and then sending in batches, do to the cost of 100 viewers",
                scenario,
                variants.getFirst().id(),
                variants.stream()
                        .map(truth -> new Variant(truth.id(), truth.description(), truth.settings(), List.of()))
                        .toList(),
                rounds,
                true,
                20261122,
                3);
    }

    private static void write(RunDirectory run, TrialRecord trial) throws IOException {
        TrialDirectory directory = run.createTrial(trial.id());
        for (String name : trial.files().keySet()) {
            if (!name.equals("gc.log")) {
                Files.writeString(directory.file(name), "as the harness would write it\n");
            }
        }
        directory.writeTrial(trial);
    }

    private TrialRecord failed(TrialId id) {
        return new TrialRecord(
                TrialRecord.SCHEMA_VERSION,
                id,
                new TrialOutcome.Failed(
                        List.of("no frame reached any viewer for 2 s: the relay ended with exit code 134")),
                begin(),
                List.of("java", "-jar", "relay.jar"),
                null,
                null,
                null,
                null,
                null,
                Map.of("relay.log", "log of the relay"));
    }

    private String begin() {
        now = now.plusSeconds(23);
        return now.toString();
    }

    private TrialRecord trial(TrialId id, Truth truth, TrialOutcome outcome) {
        double noise = Math.exp(0.012 * random.nextGaussian());
        long cpuNs = (long) (truth.cpuNsPerPacket() * noise * PACKETS);
        boolean isProfiled = id.kind() == TrialKind.PROFILED;
        Map<String, String> files = new LinkedHashMap<>();
        files.put("relay.log", "log of the relay");
        files.put("counters.prom", "counters of the relay at its end");
        files.put("gc.log", "log of the garbage collector");
        if (isProfiled) {
            files.put("profile.jfr", "recording of async-profiler");
            files.put("flame-cpu.html", "flame graph: CPU");
            files.put("flame-alloc.html", "flame graph: allocation");
        }
        return new TrialRecord(
                TrialRecord.SCHEMA_VERSION,
                id,
                outcome,
                begin(),
                List.of("java", "-Xmx1g", "-jar", "relay.jar"),
                "READY rtsp=127.0.0.1:41001 http=127.0.0.1:41002 webrtc=127.0.0.1:41003 pid=4711",
                reading(truth, 1_000_000_000L, 3_000_000_000L, 0),
                reading(truth, 1_000_000_000L + WINDOW_NS, 3_000_000_000L + cpuNs, 1),
                new HeapEvidence((long) (61e6 + 4e5 * random.nextGaussian()), 1L << 30, 14, 9, 304),
                load(truth),
                files);
    }

    private ProcessReading reading(Truth truth, long atNs, long cpuNs, int edge) {
        long used = cpuNs - 3_000_000_000L;
        List<ThreadRoleReading> threads = List.of(
                new ThreadRoleReading("gc", 1, 40_000_000L + (long) (used * 0.006), 1_000_000),
                new ThreadRoleReading("jit", 2, 2_100_000_000L + (long) (used * 0.004), 90_000_000 + edge * 100_000L),
                new ThreadRoleReading("carrier", 2, 300_000_000L + (long) (used * 0.07), 2_000_000),
                new ThreadRoleReading("webrtc-reader", 1, 100_000_000L + (long) (used * 0.03), 900_000),
                new ThreadRoleReading("rtsp-reader", 1, 100_000_000L + (long) (used * 0.05), 900_000),
                new ThreadRoleReading(
                        "forwarder",
                        1,
                        300_000_000L + (long) (used * 0.82),
                        edge * (20_000_000L + random.nextInt(9_000_000))),
                new ThreadRoleReading("timer", 1, 10_000_000L + (long) (used * 0.01), 0));
        long packets = edge * PACKETS;
        Map<String, Double> counters = new LinkedHashMap<>();
        counters.put("relay_rtp_packets_out_total", 60_000.0 + packets);
        counters.put("relay_send_calls_total", 60_000.0 + packets * truth.sendCalls());
        counters.put("relay_rtcp_packets_out_total{type=\"SR\"}", 400.0 + edge * 8.0 * VIEWERS);
        counters.put("relay_sockets", 4.0);
        counters.put("jvm_allocated_bytes_total", 9e8 + packets * (410 + 3 * random.nextGaussian()));
        return new ProcessReading(
                atNs,
                cpuNs,
                threads,
                10_000 + edge * (long) (PACKETS * truth.sendCalls() * 0.02 + 9000),
                100 + edge * 310L,
                196_000_000L + random.nextInt(900_000),
                31,
                50_000_000_000L + edge * used,
                0,
                counters,
                Map.of("sun.threads.total_gc_cpu_time", 40_000_000L + (long) (used * 0.006)));
    }

    private LoadEvidence load(Truth truth) {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < 20_000; i++) {
            double tail = random.nextInt(200) == 0 ? 6 : 1;
            histogram.recordValue((long) (tail * truth.cpuNsPerPacket() * (8 + 30 * random.nextDouble())));
        }
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        byte[] encoded = java.util.Arrays.copyOf(bytes.array(), length);
        LatencyEvidence latency = new LatencyEvidence(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                Base64.getEncoder().encodeToString(encoded));
        String profile =
                "aes-gcm".equals(truth.settings().get("srtp")) ? "AEAD_AES_128_GCM" : "AES_CM_128_HMAC_SHA1_80";
        return new LoadEvidence(
                VIEWERS,
                VIEWERS,
                240,
                240L * VIEWERS,
                240L * VIEWERS,
                PACKETS,
                0,
                0,
                0,
                PACKETS / 100,
                0,
                0,
                0,
                180_000,
                900_000,
                2_900_000_000L,
                0,
                Map.of(profile, VIEWERS),
                Map.of("SR", 8L * VIEWERS),
                WINDOW_NS,
                List.of(),
                latency);
    }
}
