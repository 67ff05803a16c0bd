package phasebench.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.rundir.WarmUpEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

/// A run over several numbers of viewers, as the harness would write it, with seeded noise of 20 kB about the truth.
final class SyntheticMemoryRun {
    private static final Instant START = Instant.parse("2026-11-23T00:00:01Z");
    private static final long WINDOW_NS = 3_000_000_000L;

    /// What a variant takes: kB of heap without viewers, and for each of them.
    record Truth(String id, String nack, double kilobytes, double kilobytesPerViewer) {}

    static final Truth RING = new Truth("ring", "per-viewer", 5_000, 1_620);
    static final Truth NO_RING = new Truth("no-ring", "off", 4_900, 45);
    static final Truth SHARED = new Truth("shared", "shared", 6_600, 47);

    private final Path runs;
    private final List<Truth> variants;
    private final List<Integer> counts;
    private final int rounds;
    private final int packetsPerSecond;
    private final Random random = new Random(11);
    private Instant now = START;

    SyntheticMemoryRun(Path runs, List<Truth> variants, List<Integer> counts, int rounds, int packetsPerSecond) {
        this.runs = runs;
        this.variants = variants;
        this.counts = counts;
        this.rounds = rounds;
        this.packetsPerSecond = packetsPerSecond;
    }

    static Path standard(Path runs) throws IOException {
        return new SyntheticMemoryRun(runs, List.of(RING, NO_RING, SHARED), List.of(0, 25, 50, 100, 200), 2, 120)
                .write();
    }

    Path write() throws IOException {
        RunDirectory run = RunDirectory.create(runs, "memory", START);
        List<TrialId> ids = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Truth truth : variants) {
                for (int viewers : counts) {
                    ids.add(new TrialId(TrialKind.STEADY, round, truth.id(), 1, viewers));
                }
            }
        }
        run.writeManifest(new RunManifest(
                RunManifest.SCHEMA_VERSION,
                run.id(),
                START.toString(),
                List.of("scripts/phasebench", "run", "scenarios/memory.yaml"),
                experiment(),
                ids.stream().map(TrialId::directoryName).toList(),
                Map.of("Machine", "2 cores"),
                List.of()));
        run.writeFloor(SyntheticFloor.complete());
        for (TrialId id : ids) {
            Truth truth = variants.stream()
                    .filter(one -> one.id().equals(id.variant()))
                    .findFirst()
                    .orElseThrow();
            run.createTrial(id).writeTrial(trial(id, truth));
        }
        return run.path();
    }

    private ExperimentSpec experiment() {
        Scenario scenario = new Scenario(
                "memory",
                "viewers of one stream",
                List.of(new StreamSpec("synthetic", new MediaSource.Synthetic(30, 4, 1188), Transport.TCP)),
                new ViewerLoad(counts.getLast(), 0.1, 0.1),
                new Drive.Open(),
                new TrialTiming(
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        0.03));
        return new ExperimentSpec(
                "memory",
                "Memory over viewers",
                scenario,
                variants.getFirst().id(),
                variants.stream()
                        .map(truth -> new Variant(
                                truth.id(),
                                truth.id(),
                                Map.of("profile", "plan-current", "nack", truth.nack()),
                                List.of()))
                        .toList(),
                rounds,
                false,
                1,
                3,
                null,
                counts);
    }

    private TrialRecord trial(TrialId id, Truth truth) {
        now = now.plusSeconds(20);
        int viewers = id.viewers() == null ? 0 : id.viewers();
        long heap =
                (long) (1000 * (truth.kilobytes() + truth.kilobytesPerViewer() * viewers + 20 * random.nextGaussian()));
        boolean isNoisy = truth.equals(SHARED) && viewers == 25 && id.round() == 2;
        return new TrialRecord(
                TrialRecord.SCHEMA_VERSION,
                id,
                new TrialOutcome.Measured(),
                now.toString(),
                List.of("java", "-jar", "relay.jar"),
                "READY rtsp=127.0.0.1:%d http=127.0.0.1:2 webrtc=127.0.0.1:3 pid=%d nack=%s mdns=off buffers=allocate"
                        .formatted(40_000 + viewers, 4711 + id.round(), truth.nack()),
                reading(0, 0, viewers),
                reading(WINDOW_NS, heap * 2 + 50_000_000, viewers),
                new HeapEvidence(heap, 1L << 30, 14, 9, 3 * viewers),
                load(viewers),
                warmUp(isNoisy),
                Map.of());
    }

    private static WarmUpEvidence warmUp(boolean isNoisy) {
        WarmUpEvidence.Stretch stretch =
                new WarmUpEvidence.Stretch(2_000_000_000L, 400_000_000L, isNoisy ? 0.07 : 0.01);
        return new WarmUpEvidence(
                isNoisy ? 30_000_000_000L : 12_000_000_000L, 0.03, 0.1, List.of(stretch, stretch), !isNoisy);
    }

    private ProcessReading reading(long atNs, long rssBytes, int viewers) {
        double packets = viewers * packetsPerSecond * (atNs / 1e9);
        return new ProcessReading(
                1 + atNs,
                1 + atNs / 5,
                List.of(),
                0,
                0,
                rssBytes,
                20,
                0,
                0,
                Map.of("relay_rtp_packets_out_total", packets),
                Map.of());
    }

    private LoadEvidence load(int viewers) {
        long packets = Math.round(viewers * packetsPerSecond * (WINDOW_NS / 1e9));
        LatencyEvidence latency = new LatencyEvidence(packets, 1, 1, 1, 1, 1, "");
        Map<String, Integer> profiles = viewers == 0 ? Map.of() : Map.of("AEAD_AES_128_GCM", viewers);
        return new LoadEvidence(
                viewers,
                viewers,
                90,
                90L * viewers,
                90L * viewers,
                packets,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                300_000_000,
                0,
                profiles,
                Map.of(),
                WINDOW_NS,
                List.of(),
                latency);
    }
}
