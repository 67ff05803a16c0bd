package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.DuetResult;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairLayout;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.SoloWindow;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.text.VerdictWording;
import phasebench.reports.verdict.ClaimVerdict;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// A run of launch pairs of two phases of the shipped ladder, as the harness would write it. A packet costs the start
/// 12 us and no-nack half of it, side by side; no-mdns nine tenths of no-nack. A viewer-second costs the
/// start 1 ms and no-nack the same. What a packet costs alone, and with the other order of starting, is up to
/// each test.
class DuetReportTest {
    private static final Instant START = Instant.parse("2026-11-22T17:45:01Z");
    private static final double PACKETS_PER_SECOND = 40_000;
    /// Of the four pairs; like to like, whichever way they are halved.
    private static final List<Double> NOISE = List.of(0.0, 0.0010, 0.0015, 0.0004);

    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    @Test
    void everyCoupleOfTheLadderStandsByItself() throws Exception {
        Path run = write(1, 1);

        ComparisonDocument comparison = comparison(run);

        assertThat(comparison.launchPairs())
                .extracting(couple -> couple.label("start"))
                .containsExactly("no-nack", "no-mdns against no-nack", "no-mdns");
        assertThat(comparison.launchPairs().get(0).ratio()).isCloseTo(0.5, within(0.01));
        assertThat(comparison.launchPairs().get(1).ratio()).isCloseTo(0.9, within(0.02));
        assertThat(Files.readString(run.resolve("report/index.html")))
                .contains("no-mdns against no-nack", "of that of no-nack, clearly lower", "pair-idle-01-start-no-nack")
                .doesNotContain("NaN");
    }

    @Test
    void soundIsPartOfTheScenariosRate() throws Exception {
        Path run = write(1, 1);
        Path manifest = run.resolve("manifest.json");
        String silent = Files.readString(manifest);
        assertThat(silent).containsOnlyOnce("\"audio\" : null");
        Files.writeString(
                manifest,
                silent.replace("\"audio\" : null", "\"audio\" : {\"packetsPerSecond\": 50, \"payloadBytes\": 160}"));

        assertThat(duet(run).composed())
                .singleElement()
                .satisfies(composed -> assertThat(composed.packetsPerSecond()).isEqualTo(2900));
    }

    @Test
    void theCpuAtTheScenariosRateIsComposedOfBothKinds() throws Exception {
        Path run = write(1, 1);

        DuetResult duet = duet(run);

        // 10 viewers get 30 frames of 8 packets: 2400 packets/s; 28.8 and 14.4 ms of a core for them, 10 ms for viewers
        assertThat(duet.composed()).singleElement().satisfies(composed -> {
            assertThat(composed.packetsPerSecond()).isEqualTo(2400);
            assertThat(composed.cpu().baselineCores()).isCloseTo(0.0388, within(0.0005));
            assertThat(composed.cpu().ratio()).isCloseTo(24.4 / 38.8, within(0.01));
            assertThat(composed.cpu().baselineIdleShare()).isCloseTo(10 / 38.8, within(0.01));
            assertThat(Objects.requireNonNull(composed.cpu().interval()).contains(24.4 / 38.8))
                    .isTrue();
            assertThat(composed.steadyRatio()).isNull();
            assertThat(composed.doTheyAgree()).isNull();
        });
        assertThat(duet.idle().getFirst().kind()).isEqualTo(PairKind.IDLE);
        assertThat(duet.idle().getFirst().ratio()).isCloseTo(1, within(0.03));
        for (String page : List.of("report/index.html", "report/report.md")) {
            assertThat(Files.readString(run.resolve(page)))
                    .contains("(2400 packets/s to 10 viewers) is 0.02")
                    .contains("CPU per viewer-second without media is")
                    .contains("n = 4 launch pairs with media, 3 without");
        }
        assertThat(Files.readString(run.resolve("report/samples.csv")))
                .contains(
                        "pair-idle-01-start-no-nack,duet-idle,1,no-nack,1,measured,pair.baselineNsPerViewerSecond,ns,");
    }

    /// no-nack halves the work per packet, which is 28.8 of 38.8 ms; no-mdns was measured with media only.
    @Test
    void aClaimOfCpuIsJudgedAtTheScenariosRateWhereItIsKnown() throws Exception {
        Path run = write(1, 1);

        LadderResult.Line composed = cpuLine(run, "no-nack", "start");
        assertThat(composed.expected()).containsExactly("CPU -37 %");
        assertThat(composed.measured().estimate()).isCloseTo(24.4 / 38.8 - 1, within(0.01));
        assertThat(composed.claims())
                .extracting(LadderResult.ClaimFinding::verdict)
                .containsExactly(ClaimVerdict.CONFIRMED);
        assertThat(composed.measured().note())
                .isEqualTo("at the scenario's rate, of launch pairs with media and 3 without");
        assertThat(cpuLine(run, "no-mdns", "no-nack").measured().estimate()).isCloseTo(-0.1, within(0.01));
        assertThat(cpuLine(run, "no-mdns", "no-nack").measured().note()).isEqualTo("work per packet, launch pairs");
        assertThat(Files.readString(run.resolve("report/index.html")))
                .contains("at the scenario&#39;s rate, of launch pairs with media and 3 without");
    }

    @Test
    void phasesThatNeverStoodSideBySideAreAsFarApartAsThoseBetweenTogether() throws Exception {
        Path run = write(1, 1);
        double direct = Objects.requireNonNull(
                cpuLine(run, "no-mdns", "start").measured().estimate());
        for (int i = 1; i <= 4; i++) {
            String pair = "pair-0%d-start-no-mdns".formatted(i);
            Files.move(run.resolve("trials").resolve(pair), folder.resolve(pair));
        }

        LadderResult.Measured product = cpuLine(run, "no-mdns", "start").measured();

        assertThat(direct).isCloseTo(0.45 - 1, within(0.01));
        assertThat(product.note()).isEqualTo("product of the 2 phases between");
        assertThat(product.n()).isEqualTo(4);
        assertThat(product.estimate()).isCloseTo(24.4 / 38.8 * 0.9 - 1, within(0.01));
        assertThat(product.low()).isLessThan(product.estimate());
        assertThat(product.high()).isGreaterThan(product.estimate());
    }

    private static LadderResult.Line cpuLine(Path run, String phase, String against) throws IOException {
        return Objects.requireNonNull(comparison(run).ladder()).steps().stream()
                .filter(step -> step.id().equals(phase))
                .flatMap(step -> step.lines().stream())
                .filter(line -> line.metric().equals("cpuNsPerPacket") && against.equals(line.against()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatMakesNoDifferenceIsShownAndWarnsOfNothing() throws Exception {
        Path run = write(1, 1);

        assertThat(duet(run).checks())
                .filteredOn(check -> check.candidate().equals("no-nack"))
                .extracting(DuetResult.Check::what, DuetResult.Check::isSuspicious)
                .containsExactly(
                        tuple("alone", false), tuple("order", false), tuple("place", false), tuple("cores", false));
        assertThat(comparison(run).warnings()).noneMatch(warning -> warning.contains("is another one"));
        assertThat(Files.readString(run.resolve("report/index.html")))
                .contains(
                        "What should make no difference",
                        "What a launch pair takes: starting 4.0 s, windows 8.0 s;" + " 12.0 s in all",
                        "cores swapped");
    }

    @Test
    void aCandidateThatIsDearerAloneThanInCompanyIsWarnedOf() throws Exception {
        assertThat(comparison(write(1.1, 1)).warnings())
                .anyMatch(warning -> warning.startsWith(
                        "The ratio of no-nack to start is another one each alone in turn, its core 98 % busy, instead of"
                                + " side by side: x 1.1"));
    }

    @Test
    void aRatioThatFollowsTheOrderOfStartingIsWarnedOf() throws Exception {
        assertThat(comparison(write(1, 1.05)).warnings())
                .anyMatch(warning -> warning.startsWith(
                        "The ratio of no-nack to start is another one where the candidate, not the baseline, was started"
                                + " first: x 1.0"));
    }

    /// By steady trials each phase is 4 % cheaper than the one below, which is not what the pairs say.
    @Test
    void steadyTrialsOfTheSameRunStandBesideTheComposedCpuAndMayContradictIt() throws Exception {
        PhaseLadder ladder = PhaseFile.read(Path.of("../scenarios/phases.yaml")).upTo("no-mdns");
        Path path = SyntheticRun.ladder(folder, ladder);
        RunDirectory run = RunDirectory.open(path);
        run.writeManifest(manifest(run.id(), ladder, 4));
        writePairs(run, 1, 1);

        ComparisonDocument comparison = comparison(path);

        DuetResult.Composed composed =
                Objects.requireNonNull(comparison.duet()).composed().getFirst();
        assertThat(composed.steadyRatio()).isCloseTo(0.96, within(0.05));
        assertThat(composed.doTheyAgree()).isFalse();
        assertThat(comparison.warnings())
                .anyMatch(
                        warning -> warning.startsWith("CPU of no-nack against start as composed of launch pairs and as"
                                + " measured in steady trials disagree beyond both intervals"));
        String html = Files.readString(path.resolve("report/index.html"));
        assertThat(html)
                .contains("; steady trials say 0.9", "id=\"pairs\"", "id=\"table\"", "4 rounds of steady trials")
                .doesNotContain("NaN");
        assertThat(html.split("id=\"computed\"", -1)).hasSize(2);
        assertThat(Files.readString(path.resolve("report/report.md")))
                .contains("| launch pair | ratio |", "; steady trials say 0.9", "Expected and measured");
    }

    /// CPU comes from launch pairs and the other metrics from rounds, which are counted apart; pairs decide, and stand
    /// first.
    @Test
    void whatIsCountedIsSaidOfEachVerdictAndPairsComeFirst() throws Exception {
        PhaseLadder ladder = PhaseFile.read(Path.of("../scenarios/phases.yaml")).upTo("no-mdns");
        Path path = SyntheticRun.ladder(folder, ladder);
        RunDirectory run = RunDirectory.open(path);
        run.writeManifest(manifest(run.id(), ladder, 4));
        writePairs(run, 1, 1);

        ComparisonDocument comparison = comparison(path);

        assertThat(Objects.requireNonNull(comparison.judgements()).all())
                .extracting(judgement -> judgement.comparison().metric().equals("cpuNsPerPacket"), VerdictWording::n)
                .containsOnly(tuple(true, "4 launch pairs"), tuple(false, "4 rounds"));
        assertThat(comparison.judgements().all())
                .filteredOn(judgement -> !judgement.comparison().metric().equals("cpuNsPerPacket"))
                .extracting(VerdictWording::more)
                .noneMatch(more -> more.contains("launch pair"));
        assertThat(Files.readString(path.resolve("report/index.html")))
                .containsSubsequence(
                        "<h3>no-nack <span class=\"soft\">against start</span></h3>",
                        "<h3>no-nack against start, by rounds</h3>",
                        "id=\"verdicts\"",
                        ">4 launch pairs</td>",
                        ">4 rounds</td>")
                .containsPattern("; rounds spread by [\\d.]+\\h%");
        assertThat(Files.readString(path.resolve("report/report.md"))).contains("| 4 launch pairs |", "| 4 rounds |");
    }

    @Test
    void aRecordFromBeforeIdlePairsAndControlsIsRead() throws Exception {
        Path run = write(1, 1);
        Path file = run.resolve("trials/pair-01-start-no-nack/pair.json");
        String written = Files.readString(file);
        int layout = written.indexOf(",\n  \"layout\"");
        Files.writeString(file, written.substring(0, layout).replaceFirst(",\\s*\"kind\" : \"MEDIA\"", "") + "\n}\n");
        Path manifest = run.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceFirst("(?s),\\s*\"idle\" : \\{.*?\"against\" : \\[.*?]", ""));

        PairRecord read = RunDirectory.open(run).pairs().stream()
                .filter(pair -> pair.name().equals("pair-01-start-no-nack"))
                .findFirst()
                .orElseThrow()
                .record()
                .orElseThrow();

        assertThat(Files.readString(manifest)).doesNotContain("soloEvery");
        assertThat(read.id().kind()).isEqualTo(PairKind.MEDIA);
        assertThat(read.solo()).isEmpty();
        assertThat(read.layout().baselineFolder()).isEqualTo("baseline");
        DuetSpec duet = Objects.requireNonNull(
                RunDirectory.open(run).manifest().experiment().duet());
        assertThat(duet.idle()).isEqualTo(DuetSpec.Idle.NONE);
        assertThat(duet.against()).containsExactly(DuetSpec.Against.START);
        assertThat(comparison(run).launchPairs())
                .extracting(LaunchPairs::variant)
                .contains("no-nack");
    }

    private static ComparisonDocument comparison(Path run) throws IOException {
        return JsonFile.read(
                Report.render(run).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
    }

    private static DuetResult duet(Path run) throws IOException {
        return Objects.requireNonNull(comparison(run).duet());
    }

    /// @param aloneFactor by how much the candidate's packet is dearer alone
    /// @param orderFactor by how much the candidate's packet is dearer when it was started first
    private Path write(double aloneFactor, double orderFactor) throws Exception {
        PhaseLadder ladder = PhaseFile.read(Path.of("../scenarios/phases.yaml")).upTo("no-mdns");
        RunDirectory run = RunDirectory.create(folder, "pair", START);
        run.writeManifest(manifest(run.id(), ladder, 0));
        run.writePhases(ladder);
        writePairs(run, aloneFactor, orderFactor);
        return run.path();
    }

    private static void writePairs(RunDirectory run, double aloneFactor, double orderFactor) throws IOException {
        for (int i = 1; i <= 4; i++) {
            double factor = i % 2 == 0 ? orderFactor : 1;
            media(run, new PairId(i, "start", "no-nack", 1), 12_000, 6_000 * factor, aloneFactor);
            media(run, new PairId(i, "no-nack", "no-mdns", 1), 6_000, 5_400, 1);
            media(run, new PairId(i, "start", "no-mdns", 1), 12_000, 5_400, 1);
        }
        for (int i = 1; i <= 3; i++) {
            idle(run, new PairId(i, "start", "no-nack", 1, PairKind.IDLE));
        }
    }

    /// Prices differ a little from pair to pair, and not by order, place or cores.
    private static void media(RunDirectory run, PairId id, double baselineNs, double candidateNs, double aloneFactor)
            throws IOException {
        double own = candidateNs * (1 + NOISE.get(id.number() - 1));
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            edges.add(new PairEdge(busy(i, baselineNs, 1), busy(i, own, 1), 100_000, 100_000, 0));
        }
        List<SoloWindow> solo = List.of(
                new SoloWindow(SoloWindow.Side.BASELINE, busy(4, baselineNs, 2), busy(6, baselineNs, 2)),
                new SoloWindow(
                        SoloWindow.Side.CANDIDATE,
                        busy(6, own * aloneFactor * (1 + 0.0005 * (id.number() - 2.5)), 2),
                        busy(8, own * aloneFactor * (1 + 0.0005 * (id.number() - 2.5)), 2)));
        write(run, id, edges, solo, Map.of("starting", 4.0, "windows", 8.0));
    }

    private static void idle(RunDirectory run, PairId id) throws IOException {
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= 3; i++) {
            edges.add(new PairEdge(idle(i, 1e6), idle(i, 1e6 * (1 + 0.005 * (id.number() - 2))), 0, 0, 0));
        }
        write(run, id, edges, List.of(), Map.of("starting", 4.0, "windows", 30.0));
    }

    private static void write(
            RunDirectory run, PairId id, List<PairEdge> edges, List<SoloWindow> solo, Map<String, Double> seconds)
            throws IOException {
        PairSide side = new PairSide("start", List.of("java"), null, null, null, null);
        boolean isSwapped = id.number() > 2;
        Map<String, Double> inOrder = new TreeMap<>(seconds);
        run.createPair(id)
                .writePair(new PairRecord(
                        PairRecord.SCHEMA_VERSION,
                        id,
                        new TrialOutcome.Measured(),
                        START.toString(),
                        id.number() % 2 == 0 ? PairRecord.Order.CANDIDATE_FIRST : PairRecord.Order.BASELINE_FIRST,
                        side,
                        side,
                        List.of(),
                        edges,
                        Map.of("relay-a/relay.log", "log of the relay"),
                        new PairLayout(
                                id.number() % 4 < 2 ? PairLayout.FOLDER_A : PairLayout.FOLDER_B,
                                id.number() % 4 < 2 ? PairLayout.FOLDER_B : PairLayout.FOLDER_A,
                                List.of(isSwapped ? 1 : 0),
                                List.of(isSwapped ? 0 : 1),
                                isSwapped ? PairLayout.Cores.SWAPPED : PairLayout.Cores.AS_PLACED),
                        solo,
                        inOrder));
    }

    /// A relay that forwards at a rate; of the CPU time another fiftieth is the JIT's.
    private static ProcessReading busy(int second, double nsPerPacket, double rateFactor) {
        double packets = second * PACKETS_PER_SECOND * rateFactor;
        long cpuNs = (long) (packets * nsPerPacket);
        return reading(second, cpuNs + cpuNs / 50, cpuNs / 50, Map.of("relay_rtp_packets_out_total", packets));
    }

    /// 10 viewers for 10 s between two readings; of the CPU time another tenth is the JIT's.
    private static ProcessReading idle(int window, double nsPerViewerSecond) {
        long cpuNs = (long) (window * 10 * 10 * nsPerViewerSecond);
        return reading(10 * window, cpuNs + cpuNs / 10, cpuNs / 10, Map.of());
    }

    private static ProcessReading reading(int second, long cpuNs, long jitNs, Map<String, Double> counters) {
        return new ProcessReading(
                second * SECOND,
                cpuNs,
                List.of(new ThreadRoleReading("jit", 1, jitNs, 0)),
                0,
                0,
                0,
                0,
                second * 980_000_000L,
                0,
                counters,
                Map.of());
    }

    private static RunManifest manifest(String runId, PhaseLadder ladder, int rounds) {
        Scenario scenario = new Scenario(
                "pair",
                "ten viewers",
                List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(10, 0.1, 0.1),
                new Drive.Closed(2),
                new TrialTiming(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));
        DuetSpec duet = new DuetSpec(
                4,
                4,
                Duration.ofSeconds(30),
                0.03,
                new DuetSpec.Idle(3, 3, Duration.ofSeconds(10)),
                new DuetSpec.Controls(1, true),
                List.of(DuetSpec.Against.PARENT, DuetSpec.Against.START));
        return new RunManifest(
                RunManifest.SCHEMA_VERSION,
                runId,
                START.toString(),
                List.of("scripts/phasebench", "run", "pair-ladder"),
                new ExperimentSpec(
                        "pair", "two phases", scenario, "start", ladder.variants(), rounds, false, 1, 3, duet),
                List.of("pair-01-start-no-nack"),
                Map.of("Cores", "relay 0, load 1"),
                List.of());
    }
}
