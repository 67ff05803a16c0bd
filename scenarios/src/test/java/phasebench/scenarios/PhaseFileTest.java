package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseFileTest {
    private static final Path SHIPPED = Path.of("phases.yaml");

    /// A change of the start is `profile`, which the settings beside it win over.
    private static final Map<String, String> BEST = Map.of(
            "profile", "mtx-2025",
            "nack", "shared",
            "mdns", "off",
            "rtcpInterval", "3s",
            "buffers", "pooled",
            "copies", "shared",
            "srtp", "aes-gcm",
            "threads", "sharded",
            "send", "gso");

    private static final String GOOD = """
            kind: phases
            name: small
            start:
              id: start
              settings: {profile: mtx-2025}
            bases:
              initial: {at: start, cpu: 40.0, heap: 100}
            phases:
              - id: first
                parent: start
                changes: {nack: off}
                risk: {level: low, text: loss}
                rollback: {level: easy}
                testNeed: low
                decision: do
                claims:
                  - {metric: cpu, change: -5..-3, unit: relative, against: parent, text: less}
              - id: second
                parent: first
                changes: {send: batch}
                risk: {level: high}
                rollback: {level: hard}
                testNeed: very-high
                decision: hold
            rows:
              - id: both
                kind: row
                phases: [first, second]
                claims:
                  - {metric: heap, level: at most 90, unit: MB, against: initial, text: 90 MB}
            """;

    @TempDir
    private Path folder;

    @Test
    void theShippedPlanHoldsEightPhasesAndFourRowsWithClaimsAndTwoPhasesBeyond() throws ScenarioFileException {
        PhaseLadder ladder = PhaseFile.read(SHIPPED);
        assertThat(ladder.phases())
                .extracting(OptimizationPhase::id)
                .containsExactly(
                        "no-nack",
                        "no-mdns",
                        "rtcp-3s",
                        "buffer-pool",
                        "no-copy",
                        "srtp-gcm",
                        "worker-pool",
                        "batch-send",
                        "gso-send",
                        "shared-nack");
        assertThat(ladder.phases().subList(0, 8)).allSatisfy(phase -> {
            assertThat(phase.claims()).isNotEmpty();
            assertThat(phase.plan().item()).isNotEmpty();
        });
        assertThat(ladder.phases().subList(8, 10)).allSatisfy(phase -> {
            assertThat(phase.claims()).isEmpty();
            assertThat(phase.plan().item()).isEmpty();
        });
        assertThat(ladder.rows())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.claims()).isNotEmpty());
    }

    @Test
    void everyPhaseStandsOnTheOneBeforeAndTheLastIsTheBestKnownState() throws ScenarioFileException {
        PhaseLadder ladder = PhaseFile.read(SHIPPED);
        assertThat(ladder.settings("start")).isEqualTo(Map.of("profile", "mtx-2025"));
        assertThat(ladder.settings("rtcp-3s"))
                .isEqualTo(Map.of("profile", "mtx-2025", "nack", "off", "mdns", "off", "rtcpInterval", "3s"));
        assertThat(ladder.settings("shared-nack")).isEqualTo(BEST);
        assertThat(ladder.variants())
                .hasSize(11)
                .first()
                .extracting(Variant::id)
                .isEqualTo("start");
        assertThat(ladder.upTo("rtcp-3s").rows()).extracting(CumulativeRow::id).containsExactly("both", "phase-1");
    }

    @Test
    void aClaimKeepsRangeUnitBaseAndWords() throws ScenarioFileException {
        OptimizationPhase phase = PhaseFile.read(SHIPPED).phase("rtcp-3s").orElseThrow();
        assertThat(phase.claims().getFirst())
                .isEqualTo(new Claim(
                        ClaimMetric.CPU,
                        Claim.Statement.CHANGE,
                        new ClaimRange(new BigDecimal("-5"), new BigDecimal("-3")),
                        ClaimUnit.RELATIVE,
                        ClaimBase.PARENT,
                        "CPU -3..-5 %"));
        assertThat(phase.plan())
                .isEqualTo(new PlanEntry(
                        "1-1",
                        new PlanEntry.Risk(PlanEntry.Level.LOW, ""),
                        new PlanEntry.Rollback(PlanEntry.Ease.EASY, "rtcpInterval: 1s"),
                        PlanEntry.Level.LOW,
                        PlanEntry.Decision.DO));
    }

    @Test
    void phasesMayStandInAnyOrderInTheFile() throws IOException, ScenarioFileException {
        String[] parts = GOOD.split("(?m)^(?=  - id: first|  - id: second|rows:)", -1);
        PhaseLadder ladder = read(parts[0] + parts[2] + parts[1] + parts[3]);
        assertThat(ladder.phases()).extracting(OptimizationPhase::id).containsExactly("first", "second");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unknown key      | decision: do         | decission: do      | :15: key 'phases[0].decission': unknown key (did you mean 'decision'?); allowed: id, parent,
            unknown parent   | parent: first        | parent: frist      | :19: key 'phases[1].parent': value 'frist' is unknown (did you mean 'first'?); allowed: start, first, second
            cycle            | parent: start        | parent: second     | :10: key 'phases[0].parent': value 'second' leads in a circle: first -> second -> first; allowed: a way that ends at start
            own parent       | parent: first        | parent: second     | :19: key 'phases[1].parent': value 'second' leads in a circle: second -> second
            unknown setting  | {nack: off}          | {nak: off}         | :11: key 'phases[0].changes.nak': unknown key (did you mean 'nack'?); allowed: profile, nack,
            unknown value    | {send: batch}        | {send: bulk}       | :20: key 'phases[1].changes.send': value 'bulk' is not one that the relay takes; allowed: single, batch, gso
            inverted range   | change: -5..-3       | change: -3..-5     | :17: key 'phases[0].claims[0].change': value '-3..-5' is inverted; allowed: a number, a range such as -5..-3
            no range         | change: -5..-3       | change: less       | :17: key 'phases[0].claims[0].change': value 'less' is not a range
            duplicate id     | - id: second         | - id: first        | :18: key 'phases[1].id': value 'first' is the id of an earlier phase or row; allowed: an id of its own
            row of an id     | - id: both           | - id: first        | :26: key 'rows[0].id': value 'first' is the id of an earlier phase or row
            missing unit     | unit: relative,      |                    | :17: key 'phases[0].claims[0].unit': is missing; allowed: relative, percentagePoints
            unit of another  | unit: relative       | unit: MB           | :17: key 'phases[0].claims[0].unit': value 'MB' is unknown; allowed: relative, percentagePoints
            unit of a level  | unit: MB             | unit: relative     | :30: key 'rows[0].claims[0].unit': value 'relative' is unknown; allowed: MB
            unknown metric   | metric: cpu          | metric: gpu        | :17: key 'phases[0].claims[0].metric': value 'gpu' is unknown (did you mean 'cpu'?); allowed: cpu, heap, goroutines, rtcpTraffic,
            neither          | change: -5..-3,      |                    | :17: key 'phases[0].claims[0].level': is missing; allowed: either change
            unknown base     | against: parent      | against: child     | :17: key 'phases[0].claims[0].against': value 'child' is unknown; allowed: parent, initial, current
            no words         | , text: less         |                    | :17: key 'phases[0].claims[0].text': is missing
            unknown risk     | level: low           | level: tiny        | :12: key 'phases[0].risk.level': value 'tiny' is unknown; allowed: not-stated, low, medium, high, very-high
            unknown decision | decision: hold       | decision: maybe    | :24: key 'phases[1].decision': value 'maybe' is unknown; allowed: not-stated, applied, do, do-with-care, if-safe, hold
            no changes       | '    changes: {send: batch}' | '    testNeed: low' | key 'phases[1].changes': is missing; allowed: the relay settings
            phase of a row   | [first, second]      | [first, secnd]     | :28: key 'rows[0].phases': value 'secnd' is no phase (did you mean 'second'?); allowed: first, second
            row of nothing   | [first, second]      | []                 | :28: key 'rows[0].phases': the list is empty
            figure           | cpu: 40.0            | cpu: forty         | :7: key 'bases.initial.cpu': value 'forty' is not a number; allowed: a number
            place of figures | at: start            | at: end            | :7: key 'bases.initial.at': value 'end' is unknown; allowed: start, first, second
            other kind       | kind: phases         | kind: scenario     | :1: key 'kind': value 'scenario' where a file of phases is expected; allowed: phases
            """)
    void theMessageNamesWhatIsWrong(String what, String from, String to, String expected) throws IOException {
        assertThat(GOOD).as(what).contains(from);
        String broken = GOOD.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to));
        assertThat(failure(broken)).hasMessageStartingWith(file().toString()).hasMessageContaining(expected);
    }

    @Test
    void allMistakesAreReportedAtOnce() throws IOException {
        String broken = GOOD.replace("{send: batch}", "{send: bulk}")
                .replace("change: -5..-3", "change: -3..-5")
                .replace("decision: hold", "decision: maybe");
        assertThat(failure(broken).mistakes())
                .extracting(ScenarioFileException.Mistake::line)
                .containsExactly(17, 20, 24);
    }

    @Test
    void anExperimentTakesItsVariantsFromTheLadder() throws IOException, ScenarioFileException {
        Files.writeString(file(), GOOD);
        Files.copy(Path.of("plan-100.yaml"), folder.resolve("plan-100.yaml"));
        Path experiment = Files.writeString(folder.resolve("walk.yaml"), """
                kind: experiment
                name: walk
                scenario: plan-100
                ladder: small.yaml
                rounds: 2
                seed: 1
                """);
        ExperimentFile.Content whole = ExperimentFile.readAll(experiment);
        assertThat(whole.spec().baseline()).isEqualTo("start");
        assertThat(whole.spec().variants()).extracting(Variant::id).containsExactly("start", "first", "second");
        assertThat(whole.spec().variants().getLast().settings())
                .isEqualTo(Map.of("profile", "mtx-2025", "nack", "off", "send", "batch"));
        assertThat(whole.ladder()).isEqualTo(PhaseFile.read(file()));

        Files.writeString(
                experiment,
                Files.readString(experiment).replace("ladder: small.yaml", "ladder: {file: small.yaml, upTo: first}"));
        assertThat(ExperimentFile.read(experiment).variants())
                .extracting(Variant::id)
                .containsExactly("start", "first");

        Files.writeString(experiment, Files.readString(experiment).replace("small.yaml", "smal.yaml"));
        assertThat(catchThrowableOfType(ScenarioFileException.class, () -> ExperimentFile.read(experiment)))
                .hasMessage(experiment + ":4: key 'ladder.file': value 'smal.yaml' is no file; allowed: a file of"
                        + " kind phases in the same folder");
    }

    @Test
    void theLadderThatShipsWalksFromTheStartToTheBest() throws ScenarioFileException {
        ExperimentSpec ladder = ExperimentFile.read(Path.of("ladder.yaml"));
        assertThat(ladder.variants()).hasSize(11);
        assertThat(ladder.variants().getLast().settings()).isEqualTo(BEST);
        assertThat(ladder.rounds()).isEqualTo(4);
    }

    @Test
    void intrinsicsAreSwitchedOffByFlagsOfTheVariant() throws ScenarioFileException {
        ExperimentSpec intrinsics = ExperimentFile.read(Path.of("intrinsics.yaml"));
        assertThat(intrinsics.variants())
                .filteredOn(variant -> variant.id().endsWith("-off"))
                .hasSize(2)
                .allSatisfy(variant -> assertThat(variant.jvmFlags())
                        .contains("-XX:-UseAESIntrinsics", "-XX:-UseGHASHIntrinsics", "-XX:-UseSHA1Intrinsics"));
    }

    private PhaseLadder read(String text) throws IOException, ScenarioFileException {
        Files.writeString(file(), text);
        return PhaseFile.read(file());
    }

    private ScenarioFileException failure(String text) throws IOException {
        Files.writeString(file(), text);
        return catchThrowableOfType(ScenarioFileException.class, () -> PhaseFile.read(file()));
    }

    private Path file() {
        return folder.resolve("small.yaml");
    }
}
