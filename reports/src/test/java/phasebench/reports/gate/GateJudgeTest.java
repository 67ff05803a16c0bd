package phasebench.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.gate.GateCase.Result;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairId;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.GateMetric;
import phasebench.scenarios.GatePolicy;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

/// Policies over runs of launch pairs with a known truth and a spread of 0.8 % per pair.
class GateJudgeTest {
    private static final Instant START = Instant.parse("2026-11-22T17:45:01Z");
    private static final double SPREAD = 0.008;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1.00, 12, PASSED",
        "0.80, 12, PASSED",
        "1.01, 12, PASSED",
        "1.03, 12, REGRESSED",
        "1.30, 10, REGRESSED",
        "1.30, 9, INCONCLUSIVE",
        "1.00, 9, INCONCLUSIVE",
        "1.00, 0, INVALID"
    })
    void aChangeIsStoppedForWhatItCosts(double truth, int pairs, Result expected) throws IOException {
        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU), run(truth, pairs, pairs));

        assertThat(decision.result()).isEqualTo(expected);
        assertThat(decision.cases()).singleElement().satisfies(one -> {
            assertThat(one.variant()).isEqualTo("head");
            assertThat(one.metric()).isEqualTo("cpuNsPerPacket");
            assertThat(one.n()).isEqualTo(pairs);
        });
    }

    @Test
    void theMessageHasTheFiguresAndTheReason() throws IOException {
        GateCase one = GateJudge.decide(policy(GateMetric.CPU), run(1.03, 12, 12))
                .cases()
                .getFirst();

        assertThat(one.message())
                .startsWith("CPU per forwarded packet is 1.0")
                .contains(
                        "of that of base (95.0 % interval 1.0",
                        "n = 12 launch pairs, one of 1 comparisons): regressed.");
    }

    @Test
    void aRunThatWasCutShortDoesNotPass() throws IOException {
        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU), run(1.0, 12, 40));

        assertThat(decision.result()).isEqualTo(Result.INVALID);
        assertThat(decision.cases().getFirst().message())
                .isEqualTo("the run was cut short: 28 of 40 planned trials or launch pairs have not ended");
    }

    @Test
    void aMetricThatTheRunDoesNotMeasureDoesNotPass() throws IOException {
        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU, GateMetric.HEAP), run(1.0, 12, 12));

        assertThat(decision.result()).isEqualTo(Result.INVALID);
        assertThat(decision.cases()).extracting(GateCase::result).containsExactly(Result.PASSED, Result.INVALID);
        assertThat(decision.cases().getLast().message())
                .isEqualTo("launch pairs measure CPU only, and the run has no rounds");
    }

    @Test
    void aVariantThatTheRunDoesNotHaveDoesNotPass() throws IOException {
        GatePolicy policy = new GatePolicy(
                "p",
                "p",
                null,
                List.of(new GatePolicy.Rule(GateMetric.CPU, 0.02)),
                0.95,
                List.of("other"),
                10,
                GatePolicy.WhenInconclusive.PASS,
                GatePolicy.Claims.IGNORE,
                Duration.ofMinutes(1));

        GateDecision decision = GateJudge.decide(policy, run(1.0, 12, 12));

        assertThat(decision.result()).isEqualTo(Result.INVALID);
        assertThat(decision.cases().getFirst().message())
                .isEqualTo("variant 'other' of the policy is not in this run, which has base, head");
    }

    @Test
    void aPairWhoseRatioIsNoNumberYieldsNone() throws IOException {
        RunEvidence run = run(Double.NaN, 12, 12);

        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU), run);

        assertThat(decision.result()).isEqualTo(Result.INVALID);
        assertThat(decision.cases().getFirst().n()).isZero();
    }

    @Test
    void invalidPairsAreNoEvidence() throws IOException {
        RunEvidence run = write(ratios(1.0, 12), 12, new TrialOutcome.Invalid(List.of("the load was not equal")));

        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU), run);

        assertThat(decision.result()).isEqualTo(Result.INVALID);
    }

    @Test
    void ciServersReadADecisionAsJUnitXml() throws IOException {
        GateDecision regressed = GateJudge.decide(policy(GateMetric.CPU, GateMetric.HEAP), run(1.03, 12, 12));

        String xml = JUnitXml.render(regressed, 12.5);

        assertThat(xml)
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .contains(
                        "<testsuite name=\"phasebench gate p\" tests=\"2\" failures=\"1\" errors=\"1\" skipped=\"0\" time=\"12.500\">",
                        "<testcase classname=\"phasebench.p.head\" name=\"cpuNsPerPacket against base\">",
                        "<failure type=\"regressed\" message=\"CPU per forwarded packet is 1.0",
                        "<error type=\"invalid\" message=\"launch pairs measure CPU only");
    }

    @Test
    void textInXmlIsEscaped() {
        GateDecision decision = GateJudge.withoutRun(policy(GateMetric.CPU), "r", "a < b & \"c\" \u0007");

        assertThat(JUnitXml.render(decision, 0)).contains("message=\"a &lt; b &amp; &quot;c&quot; ?\"");
    }

    @Test
    void aPullRequestGetsATableAndAnnotations() throws IOException {
        GateDecision decision = GateJudge.decide(policy(GateMetric.CPU), run(1.03, 12, 12));

        assertThat(GateMarkdown.render(decision))
                .startsWith("## phasebench gate: stopped, a metric regressed")
                .contains("| head | cpuNsPerPacket | **regressed** | CPU per forwarded packet is 1.0");
        assertThat(GitHubAnnotations.of(decision))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("::error title=phasebench%3A head%2C cpuNsPerPacket regressed::CPU per forwarded")
                        .contains("(95.0 %25 interval"));
    }

    @Test
    void theSameBuildPassesNearlyAlwaysAndIsNeverCalledRegressedByASmallSpread() throws IOException {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RunEvidence run = evidence("aa-" + i, ratios(1.0, 10, i), 10, new TrialOutcome.Measured());
            results.add(GateJudge.decide(policy(GateMetric.CPU), run).result());
        }

        // at a spread of 0.8 % the interval of 10 pairs is about 0.6 % wide to either side, far within 2 %
        assertThat(results).containsOnly(Result.PASSED);
    }

    private static GatePolicy policy(GateMetric... metrics) {
        return new GatePolicy(
                "p",
                "a policy",
                null,
                List.of(metrics).stream()
                        .map(metric -> new GatePolicy.Rule(metric, 0.02))
                        .toList(),
                0.95,
                List.of(),
                10,
                GatePolicy.WhenInconclusive.FAIL,
                GatePolicy.Claims.IGNORE,
                Duration.ofMinutes(1));
    }

    private RunEvidence run(double truth, int pairs, int planned) throws IOException {
        return write(ratios(truth, pairs), planned, new TrialOutcome.Measured());
    }

    private static List<Double> ratios(double truth, int pairs) {
        return ratios(truth, pairs, 7);
    }

    private static List<Double> ratios(double truth, int pairs, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, pairs)
                .mapToObj(_ -> truth * Math.exp(SPREAD * random.nextGaussian()))
                .toList();
    }

    private RunEvidence write(List<Double> ratios, int planned, TrialOutcome outcome) throws IOException {
        return evidence("pair", ratios, planned, outcome);
    }

    private RunEvidence evidence(String name, List<Double> ratios, int planned, TrialOutcome outcome)
            throws IOException {
        RunDirectory run = RunDirectory.create(folder, name, START);
        run.writeManifest(manifest(run.id(), Math.max(1, planned)));
        for (int i = 0; i < ratios.size(); i++) {
            PairId id = new PairId(i + 1, "base", "head", 1);
            run.createPair(id).writePair(pair(id, ratios.get(i), outcome));
        }
        return RunEvidence.read(run.path());
    }

    private static PairRecord pair(PairId id, double ratio, TrialOutcome outcome) {
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            double packets = Double.isNaN(ratio) ? 0 : 40_000 / ratio;
            edges.add(new PairEdge(reading(i, 40_000), reading(i, packets), 100_000, 100_000, 0));
        }
        PairSide side = new PairSide("base", List.of("java"), null, null, null, null);
        return new PairRecord(
                PairRecord.SCHEMA_VERSION,
                id,
                outcome,
                START.toString(),
                PairRecord.Order.BASELINE_FIRST,
                side,
                side,
                List.of(),
                edges,
                Map.of());
    }

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

    private static RunManifest manifest(String runId, int planned) {
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
                List.of("scripts/phasebench", "gate"),
                new ExperimentSpec(
                        "pair",
                        "two builds",
                        scenario,
                        "base",
                        List.of(
                                new Variant("base", "as it was", Map.of(), List.of()),
                                new Variant("head", "as it is", Map.of(), List.of())),
                        0,
                        false,
                        1,
                        3,
                        new DuetSpec(planned, 4, Duration.ofSeconds(30), 0.03)),
                IntStream.rangeClosed(1, planned)
                        .mapToObj(number -> new PairId(number, "base", "head", 1).directoryName())
                        .toList(),
                Map.of(),
                List.of());
    }
}
