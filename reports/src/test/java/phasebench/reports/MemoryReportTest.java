package phasebench.reports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.RingCheck;
import phasebench.reports.comparison.RingSize;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Reading;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.stats.Interval;

class MemoryReportTest {
    @TempDir
    private Path folder;

    private static ComparisonDocument comparison(Path run) throws IOException {
        return JsonFile.read(
                Report.render(run).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
    }

    private static MemoryByViewers memory(Path run) throws IOException {
        return requireNonNull(comparison(run).memory());
    }

    /// 1024 x (1480 + 48) for the packets, 4112 + 4112 + 2064 for three arrays, 32 for the ring.
    @Test
    void theRingIsDerivedPartByPart() {
        assertThat(RingSize.FULL.parts())
                .extracting(RingSize.Part::bytesEach)
                .containsExactly(1480L, 48L, 4112L, 4112L, 2064L, 32L);
        assertThat(RingSize.FULL.bytes()).isEqualTo(1_574_992);
    }

    @Test
    void theLinesFindTheTruthBehindTheNoise() throws IOException {
        MemoryByViewers memory = memory(SyntheticMemoryRun.standard(folder));

        assertThat(memory.viewerCounts()).containsExactly(0, 25, 50, 100, 200);
        assertThat(memory.variants())
                .extracting(MemoryByViewers.VariantMemory::variant)
                .containsExactly("ring", "no-ring", "shared");
        Line ring = requireNonNull(memory.of("ring").orElseThrow().heap());
        assertThat(ring.n()).isEqualTo(10);
        assertThat(ring.bytesPerViewer()).isCloseTo(1_620_000, within(500.0));
        // 20 kB of noise over 10 trials: an error of 91 bytes, times t(8) at 97.5 %
        Interval perViewer = requireNonNull(ring.perViewer());
        assertThat(perViewer.high() - perViewer.estimate()).isBetween(100.0, 400.0);
        assertThat(ring.bytesWithoutViewers()).isCloseTo(5_000_000, within(30_000.0));
        assertThat(ring.isStraight()).isEqualTo(true);
        Line rss = requireNonNull(memory.of("ring").orElseThrow().rss());
        assertThat(rss.bytesPerViewer()).isCloseTo(2 * ring.bytesPerViewer(), within(1.0));
    }

    @Test
    void theRingsDifferenceIsHeldAgainstItsDerivedSize() throws IOException {
        RingCheck ring = memory(SyntheticMemoryRun.standard(folder)).rings().getFirst();

        assertThat(List.of(ring.with(), ring.without())).containsExactly("ring", "no-ring");
        assertThat(ring.bytesPerViewer()).isCloseTo(1_575_000, within(700.0));
        assertThat(requireNonNull(ring.interval()).contains(1_575_000)).isTrue();
        assertThat(ring.isWithin() && ring.isIntervalWithin() && ring.isFull()).isTrue();
        assertThat(ring.packetsLeast()).isEqualTo(11 * 120);
    }

    @Test
    void aRingTwiceAsLargeIsNotWithinFifteenPercentAndThePageSaysSo() throws IOException {
        var large = new SyntheticMemoryRun.Truth("large", "per-viewer", 5_000, 3_200);
        Path run = new SyntheticMemoryRun(
                        folder, List.of(large, SyntheticMemoryRun.NO_RING), List.of(0, 50, 100), 2, 120)
                .write();

        assertThat(memory(run).rings().getFirst().isWithin()).isFalse();
        assertThat(Files.readString(Report.render(run).html())).contains(" off: not within 15 %");
    }

    @Test
    void aRingThatIsNotFullIsAWarningAndNoVerdict() throws IOException {
        Path run = new SyntheticMemoryRun(
                        folder,
                        List.of(SyntheticMemoryRun.RING, SyntheticMemoryRun.NO_RING),
                        List.of(0, 50, 100),
                        2,
                        60)
                .write();

        assertThat(comparison(run).warnings())
                .anyMatch(warning -> warning.contains("rings of ring may not have been full")
                        && warning.contains("got 660 packets at least, and a ring holds 1024"));
        assertThat(Files.readString(Report.render(run).html()))
                .contains("the rings may not have been full (660 packets at least)")
                .doesNotContain("within 15 %");
    }

    @Test
    void thePageShowsTheSlopesAndNoTableThatMixesCounts() throws IOException {
        Path run = SyntheticMemoryRun.standard(folder);
        Report report = Report.render(run);
        String html = Files.readString(report.html());

        assertThat(html)
                .contains("Memory by viewers", "Heap over viewers", "per viewer", "30 measured")
                .contains("3 variants, each at 0, 25, 50, 100, 200 viewers, 2 rounds")
                .contains("and so is the whole interval")
                .contains("<svg viewBox=\"0 0 480 340\"")
                .contains("01-ring.0-viewers", "02-shared.200-viewers")
                .doesNotContain("Before and after", "Every trial</h2>", "NaN", "CPU per forwarded packet</small>");
        assertThat(comparison(run).metrics())
                .allSatisfy(metric -> assertThat(metric.variants())
                        .allSatisfy(variant -> assertThat(variant.samples()).isEmpty()));
        assertThat(Files.readString(report.markdown()))
                .contains("### Memory by viewers", "| 200 | ", "MB, n = 2")
                .doesNotContain("| metric |");
        assertThat(Files.readAllLines(report.csv()))
                .filteredOn(line -> line.startsWith("01-ring.25-viewers,"))
                .allMatch(line -> line.startsWith("01-ring.25-viewers,memory,1,ring,1,measured,"));
    }

    @Test
    void aRelayThatNeverBecameQuietIsNamedWithItsShare() throws IOException {
        assertThat(comparison(SyntheticMemoryRun.standard(folder)).warnings())
                .containsExactly(
                        "Measured before the relay was quiet (JIT at most 3 % of its CPU, and CPU per second at"
                                + " most 10 % apart): 02-shared.25-viewers after 30 s (JIT 7.0 %, then 7.0 %; CPU 20.0 % of a"
                                + " core, then 20.0 %).");
    }

    @Test
    void withoutViewersNothingIsPerPacketOrPerViewerAndTheReasonIsSaid() throws IOException {
        TrialRecord nobody = RunDirectory.open(SyntheticMemoryRun.standard(folder)).trialRecords().stream()
                .filter(trial -> trial.id().directoryName().equals("01-ring.0-viewers"))
                .findFirst()
                .orElseThrow();

        for (Metric metric : List.of(
                Metric.CPU_NS_PER_PACKET,
                Metric.HEAP_LIVE_BYTES_PER_VIEWER,
                Metric.GOROUTINE_EQUIVALENTS_PER_VIEWER,
                Metric.PACKETS_PER_SECOND)) {
            assertThat(metric.of(nobody)).isEqualTo(new Reading.Missing("the trial has no viewers"));
        }
        assertThat(Metric.HEAP_LIVE_BYTES.of(nobody)).isInstanceOf(Reading.Value.class);
    }

    @Test
    void twoTrialsOfEachMakeALineWithoutAnInterval() throws IOException {
        Path run = new SyntheticMemoryRun(
                        folder, List.of(SyntheticMemoryRun.RING, SyntheticMemoryRun.NO_RING), List.of(0, 100), 1, 120)
                .write();

        assertThat(memory(run).variants())
                .allSatisfy(variant ->
                        assertThat(requireNonNull(variant.heap()).perViewer()).isNull());
        assertThat(comparison(run).warnings())
                .contains("The line of ring goes through two trials, so it has no interval: need >= 3.");
        assertThat(Files.readString(Report.render(run).html()))
                .contains("no interval: need &gt;= 3")
                .contains("whether it is straight takes a third number of viewers to tell");
    }

    @Test
    void aHeapThatBendsIsNotCalledStraight() throws IOException {
        Path run = new SyntheticMemoryRun(
                        folder,
                        List.of(SyntheticMemoryRun.RING, SyntheticMemoryRun.NO_RING),
                        List.of(0, 50, 100),
                        2,
                        120)
                .write();
        for (int round = 1; round <= 2; round++) {
            Path trial = run.resolve("trials/0" + round + "-ring.50-viewers/trial.json");
            Files.writeString(
                    trial,
                    Files.readString(trial)
                            .replaceFirst("\"heapLiveBytes\" : \\d+", "\"heapLiveBytes\" : 12000" + round + "000"));
        }

        assertThat(requireNonNull(memory(run).of("ring").orElseThrow().heap()).isStraight())
                .isEqualTo(false);
        assertThat(comparison(run).warnings())
                .anyMatch(warning -> warning.startsWith("The heap of ring is not a straight line over viewers"));
    }

    @Test
    void aVariantWithoutTrialsHasNoLineAndIsNamed() throws IOException {
        Path run = new SyntheticMemoryRun(
                        folder, List.of(SyntheticMemoryRun.RING, SyntheticMemoryRun.NO_RING), List.of(0, 100), 1, 120)
                .write();
        Files.delete(run.resolve("trials/01-no-ring.100-viewers/trial.json"));

        assertThat(comparison(run).warnings())
                .contains("No trial of no-ring counts at [100] viewers.")
                .contains("No line for no-ring: it needs trials at two numbers of viewers.");
        assertThat(memory(run).rings()).isEmpty();
    }

    @Test
    void olderFilesWithoutTheNewKeysAreRead() throws IOException {
        Path run = SyntheticRun.standard(folder);
        Path manifest = run.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(",\\s*\"warmUpMax\" : [^,]*,\\s*\"jitShareMax\" : [0-9.]+", "")
                        .replaceFirst(",\\s*\"viewerCounts\" : \\[ ?\\]", ""));
        Path trial = run.resolve("trials/01-start/trial.json");
        Files.writeString(
                trial,
                Files.readString(trial)
                        .replaceFirst(",\\s*\"viewers\" : null", "")
                        .replaceFirst("\"warmUp\" : null,\\s*", ""));
        assertThat(Files.readString(manifest)).doesNotContain("warmUpMax", "viewerCounts");
        assertThat(Files.readString(trial)).doesNotContain("\"viewers\"", "warmUp");

        assertThat(RunDirectory.open(run)
                        .manifest()
                        .experiment()
                        .scenario()
                        .timing()
                        .isWarmUpByCriterion())
                .isFalse();
        assertThat(comparison(run).memory()).isNull();
    }
}
