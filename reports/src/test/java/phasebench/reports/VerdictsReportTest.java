package phasebench.reports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LadderResult.ClaimFinding;
import phasebench.reports.comparison.LadderResult.Line;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.verdict.ClaimVerdict;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;
import phasebench.reports.verdict.Rules;
import phasebench.reports.verdict.Verdict;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.ScenarioFileException;

/// Verdicts in every form of the report, for runs whose truth is known.
class VerdictsReportTest {
    @TempDir
    private Path folder;

    @Test
    void eachVariantIsJudgedByEachPrimaryMetric() throws IOException {
        Judgements judgements = judgements(Report.render(SyntheticRun.standard(folder)));
        assertThat(judgements.all())
                .extracting(j -> j.comparison().candidate(), j -> j.comparison().metric(), Judgement::n)
                .containsExactly(
                        tuple("srtp-gcm", "cpuNsPerPacket", 4),
                        tuple("srtp-gcm", "heapLiveBytesPerViewer", 4),
                        tuple("srtp-gcm", "goroutineEquivalentsPerViewer", 4),
                        tuple("batch-send", "cpuNsPerPacket", 3),
                        tuple("batch-send", "heapLiveBytesPerViewer", 3),
                        tuple("batch-send", "goroutineEquivalentsPerViewer", 3));
        assertThat(judgements.familySize()).isEqualTo(6);
        assertThat(verdict(judgements, "batch-send", "cpuNsPerPacket")).isEqualTo(Verdict.IMPROVED);
        assertThat(verdict(judgements, "batch-send", "goroutineEquivalentsPerViewer"))
                .isEqualTo(Verdict.EQUIVALENT);
        assertThat(verdict(judgements, "batch-send", "heapLiveBytesPerViewer")).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void thePageTheMarkdownAndTheCsvSayTheSame() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));
        assertThat(Files.readString(report.html()))
                .contains("<h2 id=\"verdicts\">Verdicts</h2>", "<span class=\"chip v-improved\">improved</span>")
                .contains("6 comparisons judged together with 95", "margin 0.50", "one look")
                .contains("An exact count: the same ratio in every pair.", "Few pairs (3)")
                .containsPattern("So few find a difference of [\\d.]+\u00a0% in nine runs of ten")
                .doesNotContain("NaN");
        assertThat(Files.readString(report.markdown()))
                .contains("### Verdicts")
                .containsPattern(
                        "\\| batch-send \\| start \\| CPU per forwarded packet \\| \\*\\*improved\\*\\* \\| 0\\.6\\d+ \\|")
                .containsPattern("\\*\\*inconclusive\\*\\*: about [\\d,]+ more rounds?");
        List<String> csv = Files.readString(report.verdicts()).lines().toList();
        assertThat(csv).hasSize(7);
        assertThat(csv.get(4)).startsWith("comparison,,batch-send,start,cpuNsPerPacket,improved,0.6");
        int columns = csv.getFirst().split(",", -1).length;
        assertThat(csv)
                .allSatisfy(line -> assertThat(line.replaceAll("\"[^\"]*\"", "").split(",", -1))
                        .hasSize(columns));
    }

    @Test
    void withASingleRoundNothingIsDecided() throws IOException {
        Path run = new SyntheticRun(folder, 1, List.of(SyntheticRun.BEFORE, SyntheticRun.BATCH)).write();
        assertThat(judgements(Report.render(run)).all())
                .extracting(Judgement::verdict)
                .containsOnly(Verdict.INCONCLUSIVE);
    }

    @Test
    void aRunOfOneVariantHasNoVerdicts() throws IOException {
        Report report = Report.render(new SyntheticRun(folder, 3, List.of(SyntheticRun.BEFORE)).write());
        assertThat(judgements(report).all()).isEmpty();
        assertThat(Files.readString(report.html())).doesNotContain("<h2 id=\"verdicts\">");
        assertThat(Files.readString(report.markdown())).doesNotContain("### Verdicts");
    }

    /// A run that was cut short is an early look: it must not be as sure as one that was planned that
    /// short.
    @Test
    void aRunThatWasCutShortIsAnEarlyLook() throws IOException {
        Path whole = new SyntheticRun(folder, 6, List.of(SyntheticRun.BEFORE, SyntheticRun.GCM)).write();
        Judgement before = judgements(Report.render(whole)).all().getFirst();
        assertThat(judgements(Report.render(whole)).rules().looks()).isEmpty();
        try (var trials = Files.list(whole.resolve("trials"))) {
            for (Path trial : trials.filter(
                            path -> path.getFileName().toString().startsWith("06-"))
                    .toList()) {
                Files.delete(trial.resolve("trial.json"));
            }
        }
        Judgements after = judgements(Report.render(whole));
        assertThat(after.rules().looks()).containsExactly(6);
        assertThat(after.all().getFirst().n()).isEqualTo(5);
        assertThat(width(after.all().getFirst())).isGreaterThan(width(before));
    }

    @Test
    void aPhaseIsJudgedAgainstItsParentAndItsClaimsBesideIt() throws IOException, ScenarioFileException {
        Path run = SyntheticRun.ladder(folder, PhaseFile.read(Path.of("../scenarios/phases.yaml")));
        Report report = Report.render(run);
        ComparisonDocument comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        assertThat(requireNonNull(comparison.judgements()).find("buffer-pool", "no-copy", "cpuNsPerPacket"))
                .isPresent();
        List<ClaimFinding> claims = requireNonNull(comparison.ladder()).steps().stream()
                .flatMap(step -> step.lines().stream())
                .flatMap(line -> line.claims().stream())
                .toList();
        // each phase really saves 4 %, start to no-mdns 7.8 %, and heap and threads stay as they are
        assertThat(claims)
                .filteredOn(claim -> claim.claim().equals("CPU -37 %"))
                .containsExactly(new ClaimFinding(
                        "CPU -37 %", ClaimVerdict.REFUTED, "The interval falls wholly short of the range."));
        assertThat(claims)
                .filteredOn(claim -> claim.claim().equals("goroutines -50 %"))
                .extracting(ClaimFinding::verdict)
                .containsExactly(ClaimVerdict.REFUTED);
        assertThat(claims)
                .filteredOn(claim -> claim.claim().equals("quality unchanged"))
                .extracting(ClaimFinding::verdict)
                .containsOnly(ClaimVerdict.CONFIRMED);
        assertThat(claims)
                .filteredOn(claim -> claim.claim().equals("CPU 21.5 % -> 16-18 %"))
                .extracting(ClaimFinding::verdict)
                .containsExactly(ClaimVerdict.INCONCLUSIVE);
        assertThat(claims)
                .filteredOn(claim -> claim.claim().equals("goroutines 2,562"))
                .extracting(ClaimFinding::verdict)
                .containsExactly(ClaimVerdict.EXCEEDED);
        assertThat(Files.readString(report.html()))
                .contains(
                        "<span class=\"chip v-refuted\">refuted</span>",
                        "belongs to the machine that the claim was made on");
        assertThat(Files.readString(report.verdicts())).contains("claim,no-nack,no-nack,start,cpuNsPerPacket,refuted,");
        assertThat(Files.readString(report.markdown())).containsPattern("CPU -37 % \\|.*\\| refuted \\|");
    }

    @Test
    void linesWithoutAClaimHaveNoVerdict() throws IOException, ScenarioFileException {
        Path run = SyntheticRun.ladder(folder, PhaseFile.read(Path.of("../scenarios/phases.yaml")));
        ComparisonDocument comparison = JsonFile.read(
                Report.render(run).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        assertThat(requireNonNull(comparison.ladder()).steps().stream()
                        .flatMap(step -> step.lines().stream())
                        .toList())
                .allSatisfy(line -> assertThat(line.claims()).hasSameSizeAs(line.expected()))
                .extracting(Line::claims)
                .contains(List.of());
    }

    @Test
    void otherRulesJudgeTheSameEvidenceAnew() throws IOException {
        RunEvidence run = RunEvidence.read(SyntheticRun.standard(folder));
        Judgements loose = Judgements.of(run, new Rules(0.2, 0.95, List.of()));
        assertThat(verdict(loose, "srtp-gcm", "cpuNsPerPacket")).isEqualTo(Verdict.EQUIVALENT);
        assertThat(verdict(loose, "batch-send", "cpuNsPerPacket")).isEqualTo(Verdict.IMPROVED);
    }

    private static Verdict verdict(Judgements judgements, String candidate, String metric) {
        return judgements.find("start", candidate, metric).orElseThrow().verdict();
    }

    private static double width(Judgement judgement) {
        return requireNonNull(judgement.interval()).high()
                - requireNonNull(judgement.interval()).low();
    }

    private static Judgements judgements(Report report) throws IOException {
        return requireNonNull(
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION)
                        .judgements());
    }
}
