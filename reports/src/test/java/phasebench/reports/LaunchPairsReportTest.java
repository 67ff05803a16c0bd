package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;
import phasebench.reports.verdict.Verdict;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

/// A run of launch pairs as the harness would write it: ratios 0.30, 0.31 and 0.32, an invalid pair
/// between, and one that was cut short.
class LaunchPairsReportTest {
    private static final Instant START = Instant.parse("2026-11-22T17:45:01Z");

    @TempDir
    private Path folder;

    @Test
    void theRatioStandsInEveryFormWithItsIntervalOverPairs() throws IOException {
        Report report = Report.render(write());

        ComparisonDocument comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        LaunchPairs best = comparison.launchPairs().getFirst();
        assertThat(best.measured()).hasSize(3);
        assertThat(best.ratio()).isCloseTo(Math.cbrt(0.30 * 0.31 * 0.32), within(1e-6));
        assertThat(best.finding()).isEqualTo("lower");
        assertThat(best.isIndicative()).isTrue();
        assertThat(best.pairs())
                .extracting(LaunchPairs.Pair::status)
                .containsExactly("measured", "invalid", "measured", "measured");
        assertThat(best.pairs().get(1).ratio()).isNull();
        String sentence =
                "CPU per forwarded packet is 0.310 of that of start, clearly lower (95 % interval 0.286 to 0.336,"
                        + " n = 3 launch pairs, indicative: need &gt;= 5)";
        assertThat(Files.readString(report.html()))
                .contains(
                        sentence,
                        "× 0.310",
                        "pair-01-start-best",
                        "the drive did not saturate",
                        "4 of 4",
                        "98.0 % busy");
        assertThat(Files.readString(report.markdown()))
                .contains(
                        "CPU per forwarded packet is 0.310", "| pair-01-start-best | 0.300 | 0.300 to 0.300, 4 of 4 |")
                .contains("| pair-02-start-best | invalid |", "| pair-02-start-best.2 | 0.310 |");
        assertThat(Files.readString(report.csv()))
                .contains("pair-01-start-best,duet,1,best,1,measured,pair.ratio,,0.3,")
                .contains("pair-02-start-best,duet,2,best,1,invalid,pair.ratio,,,\"the pair is invalid\"");
    }

    /// 0.30, 0.31 and 0.32: the invalid pair between them has no say.
    @Test
    void theLaunchPairsThatCountGetAVerdict() throws IOException {
        Report report = Report.render(write());
        Judgements judgements = Objects.requireNonNull(
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION)
                        .judgements());
        assertThat(judgements.familySize()).isEqualTo(1);
        Judgement best = judgements.find("start", "best", "cpuNsPerPacket").orElseThrow();
        assertThat(best.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(best.n()).isEqualTo(3);
        assertThat(best.comparison().logRatios().getFirst()).isCloseTo(Math.log(0.30), within(1e-6));
        assertThat(Files.readString(report.html()))
                .contains("<span class=\"chip v-improved\">improved</span>", ">3 launch pairs</td>");
    }

    @Test
    void whatIsMissingIsWarnedOf() throws IOException {
        Path run = write();
        Files.createDirectory(run.resolve("trials/pair-04-start-best"));

        assertThat(JsonFile.read(
                                Report.render(run).comparison(),
                                ComparisonDocument.class,
                                ComparisonDocument.SCHEMA_VERSION)
                        .warnings())
                .contains(
                        "The run is not complete: of 3 planned launch pairs, 0 never began and 1 were cut short.",
                        "Few launch pairs of best count (3): the interval is indicative, need >= 5.",
                        "Launch pairs of best that were invalid or failed, and yield no number: 1 of 4.");
    }

    @Test
    void aRunWithoutAPairThatCountsSaysSo() throws IOException {
        RunDirectory run = RunDirectory.create(folder, "pair", START);
        run.writeManifest(manifest(run.id()));

        Report report = Report.render(run.path());

        assertThat(Files.readString(report.html()))
                .contains("no launch pair of best and start counts", "No launch pair counts.")
                .contains("<span class=\"chip v-invalid\">invalid</span>", "No pair of start and best counts.")
                .doesNotContain("NaN");
    }

    private Path write() throws IOException {
        RunDirectory run = RunDirectory.create(folder, "pair", START);
        run.writeManifest(manifest(run.id()));
        write(run, new PairId(1, "start", "best", 1), 0.30, new TrialOutcome.Measured());
        write(
                run,
                new PairId(2, "start", "best", 1),
                0.5,
                new TrialOutcome.Invalid(List.of("the drive did not saturate")));
        write(run, new PairId(2, "start", "best", 2), 0.31, new TrialOutcome.Measured());
        write(run, new PairId(3, "start", "best", 1), 0.32, new TrialOutcome.Measured());
        return run.path();
    }

    private static void write(RunDirectory run, PairId id, double ratio, TrialOutcome outcome) throws IOException {
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            edges.add(new PairEdge(reading(i, 40_000), reading(i, 40_000 / ratio), 100_000, 100_000, 0));
        }
        PairSide side = new PairSide("start", List.of("java"), null, null, null, null);
        run.createPair(id)
                .writePair(new PairRecord(
                        PairRecord.SCHEMA_VERSION,
                        id,
                        outcome,
                        START.toString(),
                        PairRecord.Order.BASELINE_FIRST,
                        side,
                        side,
                        List.of(),
                        edges,
                        Map.of("baseline/relay.log", "log of the relay")));
    }

    /// After so many seconds, half of which the relay had the core.
    private static ProcessReading reading(int second, double packetsPerSecond) {
        return new ProcessReading(
                second * 1_000_000_000L,
                second * 480_000_000L,
                List.of(new ThreadRoleReading("jit", 1, second * 1_000_000L, 0)),
                0,
                0,
                0,
                0,
                second * 980_000_000L,
                0,
                Map.of("relay_rtp_packets_out_total", second * packetsPerSecond),
                Map.of());
    }

    private static RunManifest manifest(String runId) {
        Scenario scenario = new Scenario(
                "pair",
                "ten viewers",
                List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(10, 0.1, 0.1),
                new Drive.Closed(2),
                new TrialTiming(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));
        return new RunManifest(
                RunManifest.SCHEMA_VERSION,
                runId,
                START.toString(),
                List.of("scripts/phasebench", "run", "pair-best"),
                new ExperimentSpec(
                        "pair",
                        "start against best",
                        scenario,
                        "start",
                        List.of(
                                new Variant("start", "as it was", Map.of(), List.of()),
                                new Variant("best", "all that pays", Map.of(), List.of())),
                        0,
                        false,
                        1,
                        3,
                        new DuetSpec(3, 4, Duration.ofSeconds(30), 0.03)),
                List.of("pair-01-start-best", "pair-02-start-best", "pair-03-start-best"),
                Map.of("Cores", "relay 0, load 1"),
                List.of());
    }
}
