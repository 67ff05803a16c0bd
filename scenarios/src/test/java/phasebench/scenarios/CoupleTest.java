package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phasebench.scenarios.DuetSpec.Against;

/// Couples of the shipped ladder, whose phases stand in one line on top of each other.
class CoupleTest {
    private static final PhaseLadder LADDER = ladder();

    @Test
    void everyPhaseMeetsItsParentAndTheStartAndTheFirstOneMeetsThemOnce() {
        List<Couple> couples = Couple.of(spec(LADDER.variants(), List.of(Against.PARENT, Against.START)), LADDER);

        assertThat(couples)
                .startsWith(
                        new Couple("start", "no-nack"),
                        new Couple("no-nack", "no-mdns"),
                        new Couple("start", "no-mdns"),
                        new Couple("no-mdns", "rtcp-3s"),
                        new Couple("start", "rtcp-3s"))
                .hasSize(2 * LADDER.phases().size() - 1)
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyWhatIsAskedForIsPaired() {
        assertThat(Couple.of(spec(LADDER.variants(), List.of(Against.START)), LADDER))
                .hasSize(LADDER.phases().size())
                .allMatch(couple -> couple.baseline().equals("start"));
        assertThat(Couple.of(spec(LADDER.variants(), List.of(Against.PARENT)), LADDER))
                .contains(new Couple("no-mdns", "rtcp-3s"))
                .doesNotContain(new Couple("start", "rtcp-3s"));
    }

    @Test
    void aPhaseWhoseParentIsLeftOutMeetsTheNearestOneBelow() {
        List<Variant> chosen = LADDER.variants().stream()
                .filter(variant -> Set.of("start", "no-nack", "rtcp-3s").contains(variant.id()))
                .toList();

        assertThat(Couple.of(spec(chosen, List.of(Against.PARENT)), LADDER))
                .containsExactly(new Couple("start", "no-nack"), new Couple("no-nack", "rtcp-3s"));
    }

    @Test
    void withoutALadderEveryVariantMeetsTheBaseline() {
        assertThat(Couple.of(spec(LADDER.variants().subList(0, 3), List.of(Against.PARENT)), null))
                .containsExactly(new Couple("start", "no-nack"), new Couple("start", "no-mdns"));
    }

    private static ExperimentSpec spec(List<Variant> variants, List<Against> against) {
        Scenario scenario = new Scenario(
                "pair",
                "ten viewers",
                List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(10, 0.1, 0.1),
                new Drive.Closed(2),
                new TrialTiming(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));
        DuetSpec duet = new DuetSpec(1, 4, Duration.ZERO, 0.03, DuetSpec.Idle.NONE, DuetSpec.Controls.NONE, against);
        return new ExperimentSpec("pair", "pairs", scenario, "start", variants, 0, false, 1, 0, duet);
    }

    private static PhaseLadder ladder() {
        try {
            return PhaseFile.read(Path.of("phases.yaml"));
        } catch (ScenarioFileException e) {
            throw new AssertionError(e);
        }
    }
}
