package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.LadderResult.Line;
import phasebench.reports.comparison.LadderResult.Measured;
import phasebench.reports.comparison.LadderResult.Step;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.PlanContradictions;
import phasebench.scenarios.ScenarioFileException;

/// Expected beside measured, for a ladder of which each phase really makes a packet 4 % cheaper.
class LadderReportTest {
    private static final Path PHASES = Path.of("../scenarios/phases.yaml");

    @TempDir
    private Path folder;

    private Path run = Path.of("");
    private @Nullable ComparisonDocument rendered;

    @BeforeEach
    void write() throws IOException, ScenarioFileException {
        run = SyntheticRun.ladder(folder, PhaseFile.read(PHASES));
    }

    @Test
    void everyPhaseStandsAgainstItsParentAndAgainstTheStart() throws IOException {
        Line againstParent = line("no-copy", "cpuNsPerPacket", "buffer-pool");
        assertThat(againstParent.expected()).containsExactly("CPU -1..-2 %");
        assertThat(againstParent.measured().kind()).isEqualTo("relative");
        assertThat(estimate(againstParent)).isCloseTo(-0.04, within(0.03));
        assertThat(againstParent.measured().n()).isEqualTo(4);
        assertThat(Objects.requireNonNull(againstParent.measured().low())).isLessThan(estimate(againstParent));

        Line againstStart = line("no-copy", "cpuNsPerPacket", "start");
        assertThat(againstStart.expected()).isEmpty();
        assertThat(estimate(againstStart)).isCloseTo(Math.pow(0.96, 5) - 1, within(0.03));
    }

    @Test
    void aFirstPhaseIsComparedWithTheStartOnce() throws IOException {
        assertThat(step("no-nack").lines())
                .extracting(Line::metric, Line::against)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void claimsInOtherUnitsHaveLinesOfTheirOwn() throws IOException {
        Line megabytes = step("worker-pool").lines().stream()
                .filter(line -> line.expected().contains("heap -2..-3 MB"))
                .findFirst()
                .orElseThrow();
        assertThat(megabytes.measured().kind()).isEqualTo("absolute");
        assertThat(line("rtcp-3s", "senderReportsPerSecond", "no-mdns").expected())
                .containsExactly("RTCP traffic -66 %");
        assertThat(line("rtcp-3s", "lossRatio", "no-mdns").expected()).containsExactly("quality unchanged");
        assertThat(line("rtcp-3s", "framesIncomplete", "no-mdns").measured())
                .isEqualTo(new Measured("absolute", 0.0, null, null, 4, "exact"));
    }

    @Test
    void aCumulativeRowIsMeasuredAtItsLastPhase() throws IOException {
        Step row = step("phase-1-and-2");
        assertThat(row.variant()).isEqualTo("no-copy");
        assertThat(row.lines())
                .extracting(Line::metric, Line::against, line -> line.measured().kind())
                .containsExactly(
                        tuple("cpuNsPerPacket", "no-mdns", "relative"),
                        tuple("cpuPercent", null, "level"),
                        tuple("heapLiveBytes", null, "level"),
                        tuple("goroutineEquivalents", null, "level"));
        assertThat(line("all", "cpuNsPerPacket", "start").expected()).containsExactly("CPU -52..-60 %");
    }

    @Test
    void theRunDirectoryAloneTellsTheClaims() throws IOException, ScenarioFileException {
        PhaseLadder shipped = PhaseFile.read(PHASES);
        PhaseLadder kept = RunDirectory.open(run).phases().orElseThrow();
        assertThat(kept.phases()).isEqualTo(shipped.phases());
        assertThat(kept.rows()).isEqualTo(shipped.rows());
        assertThat(PlanContradictions.of(kept))
                .isEqualTo(PlanContradictions.of(shipped))
                .hasSize(3);
        Path moved = Files.createDirectory(folder.resolve("moved")).resolve("run");
        Report.render(run);
        String html = Files.readString(run.resolve("report/index.html"));
        Files.move(run, moved);
        assertThat(Files.readString(Report.render(moved).html())).isEqualTo(html);
    }

    @Test
    void thePagesShowExpectedBesideMeasured() throws IOException {
        Report report = Report.render(run);
        assertThat(Files.readString(report.html()))
                .contains("<h2 id=\"expected\">Expected and measured</h2>")
                .contains(
                        "CPU -10..-15 %",
                        "risk medium (stale data in reused buffers, leaks)",
                        "decision then: do with care (plan item 2-1)")
                .contains("way back easy (buffers: allocate)", "beyond the plan", "no claim")
                .contains("read as percentage points it would be 16.5 to 18.5 % of a core")
                .doesNotContain("NaN");
        assertThat(Files.readString(report.markdown()))
                .contains("### Expected and measured")
                .containsPattern("\\| no-copy \\| CPU per forwarded packet \\| buffer-pool \\| CPU -1..-2 % \\| −\\d");
    }

    @Test
    void aBaseThatWasNotRunIsNamed() throws IOException, ScenarioFileException {
        PhaseLadder phases = PhaseFile.read(PHASES);
        Path part = new SyntheticRun(
                        folder,
                        2,
                        List.of(
                                SyntheticRun.BEFORE,
                                new SyntheticRun.Truth("rtcp-3s", "later", phases.settings("rtcp-3s"), 9000, 1)))
                .write();
        RunDirectory.open(part).writePhases(phases);
        run = part;
        assertThat(line("rtcp-3s", "cpuNsPerPacket", "no-mdns").measured())
                .isEqualTo(new Measured("missing", null, null, null, 0, "no-mdns is not in this run"));
        assertThat(Files.readString(Report.render(part).html())).contains("not available: no-mdns is not in this run");
    }

    @Test
    void aRunWithoutPhasesHasNoSuchSection() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));
        assertThat(Files.readString(report.html())).doesNotContain("Expected and measured");
        assertThat(RunDirectory.open(folder.resolve("20261122-174501-first-2")).phases())
                .isEqualTo(Optional.empty());
    }

    private Line line(String id, String metric, String against) throws IOException {
        return step(id).lines().stream()
                .filter(line -> line.metric().equals(metric) && against.equals(line.against()))
                .findFirst()
                .orElseThrow();
    }

    private Step step(String id) throws IOException {
        LadderResult ladder = Objects.requireNonNull(comparison().ladder());
        return ladder.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ComparisonDocument comparison() throws IOException {
        if (rendered == null) {
            rendered = JsonFile.read(
                    Report.render(run).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        }
        return rendered;
    }

    private static double estimate(Line line) {
        return Objects.requireNonNull(line.measured().estimate());
    }
}
