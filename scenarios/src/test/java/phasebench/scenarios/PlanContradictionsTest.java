package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanContradictionsTest {
    private static final PlanEntry NOTHING_SAID = new PlanEntry(
            "",
            new PlanEntry.Risk(PlanEntry.Level.NOT_STATED, ""),
            new PlanEntry.Rollback(PlanEntry.Ease.NOT_STATED, ""),
            PlanEntry.Level.NOT_STATED,
            PlanEntry.Decision.NOT_STATED);

    @Test
    void theShippedPlanContradictsItselfInThreePlaces() throws ScenarioFileException {
        assertThat(PlanContradictions.of(PhaseFile.read(Path.of("phases.yaml"))))
                .containsExactly(
                        "both, cpu: -37.0 % (no-nack) and -19.0 % (no-mdns) multiply to -49.0 %, not the 'CPU -43 %' that"
                                + " the plan states; the measured 37.5 and 21.5 make -42.7 %.",
                        "phase-1, cpu: what the plan says of rtcp-3s makes 20.4 to 20.9 % of a core of 21.5, not the"
                                + " 'CPU 21.5 % -> 16-18 %' that the plan states; read as percentage points it would be"
                                + " 16.5 to 18.5 % of a core.",
                        "phase-1-and-2, cpu: 'CPU -6..-10 %' makes 19.4 to 20.2 % of a core of 21.5, not the"
                                + " 'CPU 21.5 % -> 11-15 %' that the plan states; read as percentage points it would be"
                                + " 11.5 to 15.5 % of a core.");
    }

    @Test
    void whatAgreesWithinItsRoundingIsNoContradiction() {
        // 0.25 x 0.64 = 0.16, and -75 may be -75.4
        assertThat(PlanContradictions.of(plan("-84.3", "-75", "-36"))).isEmpty();
        assertThat(PlanContradictions.of(plan("-84.6", "-75", "-36"))).hasSize(1);
        assertThat(PlanContradictions.of(plan("-84.30", "-75.00", "-36.00"))).hasSize(1);
    }

    @Test
    void aRangeThatOverlapsIsNoContradiction() {
        assertThat(PlanContradictions.of(plan("-10..-6", "-5..-3", "-5..-3"))).isEmpty();
        assertThat(PlanContradictions.of(plan("-20..-12", "-5..-3", "-5..-3"))).hasSize(1);
    }

    @Test
    void aClaimWithoutBothBoundsCannotBeMultiplied() {
        assertThat(PlanContradictions.of(plan("-84.3", "at most 0", "-36"))).isEmpty();
        assertThat(PlanContradictions.of(plan("-84.3", "at most 0", "at most 0")))
                .isEmpty();
    }

    @Test
    void aLevelIsHeldAgainstTheFigureThatItStartsFrom() {
        Claim change = claim("-50", Claim.Statement.CHANGE, ClaimUnit.RELATIVE);
        assertThat(PlanContradictions.of(onePhase(change, claim("90", Claim.Statement.LEVEL, ClaimUnit.MEGABYTES))))
                .isEmpty();
        assertThat(PlanContradictions.of(onePhase(change, claim("100", Claim.Statement.LEVEL, ClaimUnit.MEGABYTES))))
                .containsExactly("p1, heap: '-50' makes 90.0 MB of 180, not the '100' that the plan states.");
    }

    private static PhaseLadder onePhase(Claim... claims) {
        OptimizationPhase phase = new OptimizationPhase("p1", "start", "d", Map.of(), List.of(claims), NOTHING_SAID);
        BaseFigures initial = new BaseFigures("start", null, new BigDecimal("180"), null);
        return new PhaseLadder(
                "p",
                "d",
                new PhaseLadder.Start("start", "d", Map.of()),
                Map.of(ClaimBase.INITIAL, initial),
                List.of(phase),
                List.of());
    }

    /// Phases p1, p2, ... with a claim each, and a row over all of them.
    private static PhaseLadder plan(String row, String... phases) {
        List<OptimizationPhase> all = IntStream.rangeClosed(1, phases.length)
                .mapToObj(i -> new OptimizationPhase(
                        "p" + i,
                        i == 1 ? "start" : "p" + (i - 1),
                        "d",
                        Map.of(),
                        List.of(claim(phases[i - 1], Claim.Statement.CHANGE, ClaimUnit.RELATIVE)),
                        NOTHING_SAID))
                .toList();
        List<String> ids = all.stream().map(OptimizationPhase::id).toList();
        return new PhaseLadder(
                "p",
                "d",
                new PhaseLadder.Start("start", "d", Map.of()),
                Map.of(),
                all,
                List.of(new CumulativeRow(
                        "row", "d", ids, List.of(claim(row, Claim.Statement.CHANGE, ClaimUnit.RELATIVE)))));
    }

    private static Claim claim(String range, Claim.Statement statement, ClaimUnit unit) {
        return new Claim(
                ClaimMetric.HEAP, statement, ClaimRange.parse(range).orElseThrow(), unit, ClaimBase.PARENT, range);
    }
}
