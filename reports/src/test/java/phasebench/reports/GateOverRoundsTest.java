package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.comparison.StoredRuns;
import phasebench.reports.gate.GateCase;
import phasebench.reports.gate.GateDecision;
import phasebench.reports.gate.GateJudge;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.scenarios.GateMetric;
import phasebench.scenarios.GatePolicy;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.PhaseLadder;

/// A policy over steady trials, and two stored runs side by side.
class GateOverRoundsTest {
    @TempDir
    private Path folder;

    @Test
    void cheaperPhasesPassAndEachGetsACase() throws IOException {
        GateDecision decision = decide(SyntheticRun.standard(folder));

        assertThat(decision.cases())
                .extracting(GateCase::variant, one -> one.n() > 0)
                .containsExactly(tuple("srtp-gcm", true), tuple("batch-send", true));
        assertThat(decision.result()).isNotEqualTo(GateCase.Result.INVALID);
    }

    @Test
    void withoutAValidTrialOfTheBaselineNothingPasses() throws IOException {
        Path run = SyntheticRun.standard(folder);
        try (Stream<Path> trials = Files.list(run.resolve("trials"))) {
            for (Path trial : trials.filter(
                            path -> path.getFileName().toString().contains("-start"))
                    .toList()) {
                Path file = trial.resolve("trial.json");
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replaceFirst(
                                        "(?s)\"status\" : \"measured\"",
                                        "\"status\" : \"invalid\", \"reasons\" : [\"the load was not equal\"]"));
            }
        }

        GateDecision decision = decide(run);

        assertThat(decision.result()).isEqualTo(GateCase.Result.INVALID);
        assertThat(decision.cases())
                .allSatisfy(one -> assertThat(one.message()).isEqualTo("the baseline 'start' has no valid trial"));
    }

    @Test
    void aRefutedClaimStopsWhereThePolicySaysSo() throws Exception {
        PhaseLadder phases = PhaseFile.read(Path.of("../scenarios/phases.yaml"));
        RunEvidence ladder = RunEvidence.read(SyntheticRun.ladder(folder, phases));

        GateDecision strict = GateJudge.decide(policy(GatePolicy.Claims.REFUTED_FAILS), ladder);
        GateDecision lax = GateJudge.decide(policy(GatePolicy.Claims.IGNORE), ladder);

        // each phase is 4 % cheaper than the one below, and 37 % were claimed of the first
        assertThat(strict.result()).isEqualTo(GateCase.Result.REFUTED);
        assertThat(strict.cases())
                .anyMatch(one ->
                        one.result() == GateCase.Result.REFUTED && one.variant().equals("no-nack"));
        assertThat(lax.cases()).noneMatch(one -> one.result() == GateCase.Result.REFUTED);
    }

    @Test
    void claimsOfARunWithoutPhasesDoNotPass() throws IOException {
        RunEvidence run = RunEvidence.read(SyntheticRun.standard(folder));

        assertThat(GateJudge.decide(policy(GatePolicy.Claims.REFUTED_FAILS), run)
                        .result())
                .isEqualTo(GateCase.Result.INVALID);
    }

    @Test
    void aRunComparedWithItselfDiffersInNothing() throws IOException {
        RunEvidence run = RunEvidence.read(SyntheticRun.standard(folder));

        StoredRuns compared = StoredRuns.of(run, run);

        assertThat(compared.lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.first()).isEqualTo(line.second());
            if (line.ratio() != null) {
                assertThat(line.ratio().contains(1)).isTrue();
            }
        });
        assertThat(compared.warnings()).first().asString().contains("were not interleaved");
    }

    @Test
    void runsOfDifferentHostsAreNotComparable() throws IOException {
        Path first = SyntheticRun.standard(folder.resolve("a"));
        Path second = SyntheticRun.standard(folder.resolve("b"));
        Path manifest = second.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("\"environment\" : \\{", "\"environment\" : {\n\"CPU\" : \"Other 9000\","));

        StoredRuns compared = StoredRuns.of(RunEvidence.read(first), RunEvidence.read(second));

        assertThat(compared.isComparable()).isFalse();
        assertThat(compared.differences()).first().asString().startsWith("CPU");
    }

    private static GateDecision decide(Path run) throws RunDirectoryException {
        return GateJudge.decide(policy(GatePolicy.Claims.IGNORE), RunEvidence.read(run));
    }

    private static GatePolicy policy(GatePolicy.Claims claims) {
        return new GatePolicy(
                "rounds",
                "no more CPU",
                null,
                List.of(new GatePolicy.Rule(GateMetric.CPU, 0.02)),
                0.95,
                List.of(),
                3,
                GatePolicy.WhenInconclusive.FAIL,
                claims,
                Duration.ofMinutes(1));
    }
}
