package phasebench.harness.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// The same scenario at the real relay, carried by one generator process and, at the same time, by two: what
/// disturbs the machine disturbs both.
@Timeout(120)
class SplitLoadIT {
    private static final int SEED = 11;
    private static final int VIEWERS = 12;
    private static final int FRAMES = 30;
    private static final int PACKETS = 6;

    /// Packets of sound in the time of so many frames.
    private static final int SOUNDS = 50;

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMillis(300);

    /// Four JVMs share two cores here. A window in which one of them had to wait says nothing of the others, so that
    /// the latencies have to agree in one of so many.
    private static final int WINDOWS = 4;

    /// Two ticks of the receiving thread, which each process begins at an instant of its own, and half of the figure.
    private static final long TOLERANCE_NS = 4_000_000;

    private static final double TOLERANCE_SHARE = 0.5;

    @TempDir
    private Path folder;

    /// @param names of the two streams
    private static Scenario scenario(String... names) {
        List<StreamSpec> streams = new ArrayList<>();
        for (String name : names) {
            // a relay repeats the parameter sets before key frames: with nothing else all frames are alike
            MediaSource video = new MediaSource.Synthetic(30, PACKETS, 1000, 1);
            streams.add(new StreamSpec(name, video, Transport.TCP, AudioSpec.DEFAULT));
        }
        return new Scenario(
                "split",
                "",
                streams,
                new ViewerLoad(VIEWERS, 0.25, 1),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(300), WARM_UP, Duration.ofSeconds(1), DRAIN));
    }

    /// Carries a scenario through all windows, each when the other load is ready for it too.
    private List<LoadEvidence> carried(RealRelay relay, Scenario scenario, int processes, CyclicBarrier together)
            throws Exception {
        Path log = folder.resolve("load-" + processes + ".log");
        Path javaHome = Path.of(System.getProperty("java.home"));
        List<LoadEvidence> windows = new ArrayList<>();
        try (LoadGenerator load = LoadGenerator.start(List.of(), javaHome, log, processes)) {
            load.prepare(scenario, relay.targets(), SEED);
            Thread.sleep(WARM_UP);
            for (int i = 0; i < WINDOWS; i++) {
                together.await(30, TimeUnit.SECONDS);
                load.beginWindow();
                load.awaitWindowBoundary();
                windows.add(load.endWindow(DRAIN));
            }
            List<Long> pids = load.pids();
            load.stop();
            assertThat(pids)
                    .hasSize(processes)
                    .doesNotHaveDuplicates()
                    .noneMatch(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
        }
        return windows;
    }

    private record Both(List<LoadEvidence> byOne, List<LoadEvidence> byTwo) {}

    private Both sideBySide(List<Impairment> network) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (RealRelay relay = RealRelay.start(folder, "best", List.of());
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<List<LoadEvidence>> byOne =
                    threads.submit(() -> carried(relay, scenario("a", "b").withImpairments(network), 1, together));
            Future<List<LoadEvidence>> byTwo =
                    threads.submit(() -> carried(relay, scenario("c", "d").withImpairments(network), 2, together));
            return new Both(byOne.get(), byTwo.get());
        }
    }

    private static List<Long> counts(LoadEvidence load) {
        return List.of(
                (long) load.viewersWanted(),
                (long) load.viewersConnected(),
                load.framesOffered(),
                load.framesExpected(),
                load.framesComplete(),
                load.packetsReceived(),
                load.packetsLost(),
                load.packetsDuplicated(),
                load.packetsReordered(),
                load.packetsVerified(),
                load.authenticationFailures(),
                load.contentMismatches(),
                load.latency().packetCount());
    }

    private static Histogram histogram(LatencyEvidence latency) throws Exception {
        byte[] encoded = Base64.getDecoder().decode(latency.histogram());
        return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
    }

    @Test
    void oneProcessAndTwoCountTheSameAndSeeTheSameLatency() throws Exception {
        Both both = sideBySide(List.of());

        List<String> latencies = new ArrayList<>();
        int agreeing = 0;
        for (int i = 0; i < WINDOWS; i++) {
            LoadEvidence one = both.byOne.get(i);
            LoadEvidence two = both.byTwo.get(i);
            assertThat(two.framesComplete()).isEqualTo(VIEWERS * (FRAMES + SOUNDS));
            assertThat(two.packetsReceived()).isGreaterThanOrEqualTo(VIEWERS * (FRAMES * PACKETS + SOUNDS));
            assertThat(two.packetsVerified()).isEqualTo(two.packetsReceived() / 4);
            assertThat(counts(two)).isEqualTo(counts(one));
            assertThat(two.srtpProfiles()).isEqualTo(one.srtpProfiles());
            assertEachIsListed(two);
            agreeing += isClose(one.latency(), two.latency(), latencies) ? 1 : 0;
        }
        System.out.println(latencies);
        assertThat(agreeing).as("windows whose latencies agree: %s", latencies).isPositive();
    }

    private static void assertEachIsListed(LoadEvidence load) throws Exception {
        List<GeneratorEvidence> generators = requireNonNull(load.checks()).generators();
        assertThat(generators.stream().map(GeneratorEvidence::viewers)).containsExactly(6, 6);
        assertThat(generators).noneMatch(one -> one.headroom().cpuNsByThread().isEmpty());
        assertThat(load.generatorCpuNs())
                .isEqualTo(
                        generators.stream().mapToLong(GeneratorEvidence::cpuNs).sum());
        assertThat(histogram(load.latency()).getTotalCount()).isEqualTo(load.packetsReceived());
    }

    private static boolean isClose(LatencyEvidence one, LatencyEvidence two, List<String> texts) throws Exception {
        boolean isClose = true;
        for (int percentile : List.of(25, 50, 75, 90)) {
            long byOne = histogram(one).getValueAtPercentile(percentile);
            long byTwo = histogram(two).getValueAtPercentile(percentile);
            texts.add("p%d %.2f and %.2f ms".formatted(percentile, byOne / 1e6, byTwo / 1e6));
            isClose &= Math.abs(byOne - byTwo) <= TOLERANCE_NS + (long) (TOLERANCE_SHARE * Math.max(byOne, byTwo));
        }
        return isClose;
    }

    @Test
    void theNetworkTakesTheSamePacketsOfAViewerWhoeverCarriesIt() throws Exception {
        Impairment loss = new Impairment(0.04, 2, Duration.ZERO, Duration.ZERO, 0, 0, null, Direction.MEDIA);
        Both both = sideBySide(List.of(loss));

        for (int i = 0; i < WINDOWS; i++) {
            ImpairmentEvidence one = network(both.byOne.get(i));
            ImpairmentEvidence two = network(both.byTwo.get(i));
            assertThat(two.media().dropped()).isPositive();
            assertThat(two.media().packets()).isEqualTo(one.media().packets());
            assertThat(two.media().drops()).isEqualTo(one.media().drops());
            assertThat(both.byTwo.get(i).lossByViewer())
                    .isEqualTo(both.byOne.get(i).lossByViewer());
            assertThat(two.overflows()).isZero();
        }
    }

    private static ImpairmentEvidence network(LoadEvidence load) {
        return requireNonNull(requireNonNull(load.checks()).impairment());
    }
}
