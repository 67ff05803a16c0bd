package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedFilesTest {
    private static final Path FOLDER = Path.of(".");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first",
                "rtcp",
                "synthetic-240",
                "smoke",
                "ladder",
                "quick-ladder",
                "profiles",
                "intrinsics",
                "provider",
                "memory",
                "mdns-quiet",
                "mdns-chatter",
                "pair-smoke",
                "pair-best",
                "pair-aa",
                "two-builds",
                "join-storm",
                "lossy",
                "churn",
                "two-hundred",
                "thousand",
                "capacity",
                "calibration",
                "calibration-steady",
                "company",
                "pair-ladder",
                "claims",
                "pair-idle"
            })
    void everyShippedExperimentReads(String name) throws ScenarioFileException {
        assertThat(ExperimentFile.read(FOLDER.resolve(name + ".yaml")).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "plan-100"})
    void everyShippedScenarioReads(String name) throws ScenarioFileException {
        assertThat(ScenarioFile.read(FOLDER.resolve(name + ".yaml")).name()).isEqualTo(name);
    }

    @Test
    void theFirstExperimentIsTheOperatorsCaseWithThreeVariants() throws ScenarioFileException {
        ExperimentSpec first = ExperimentFile.read(FOLDER.resolve("first.yaml"));
        assertThat(first.scenario().viewers()).isEqualTo(new ViewerLoad(100, 0.1, 0.1));
        assertThat(first.scenario().streams())
                .containsExactly(new StreamSpec("clip", new MediaSource.Clip("testcard", 30), Transport.TCP));
        assertThat(first.scenario().drive()).isEqualTo(new Drive.Open());
        assertThat(first.baseline()).isEqualTo("start");
        assertThat(first.variants()).extracting(Variant::id).containsExactly("start", "srtp-gcm", "batch-send");
        assertThat(first.variants().getLast().settings())
                .isEqualTo(Map.of("rtcpInterval", "1s", "srtp", "aes-gcm", "send", "batch"));
        assertThat(first.variants().getLast().jvmFlags()).isEqualTo(List.of());
        assertThat(first.profiled()).isTrue();
        assertThat(first.repeatsMax()).isEqualTo(1);
    }

    /// A trial costs its stages and about 5 s for starting and stopping processes; each variant is profiled
    /// once.
    @Test
    void theFirstExperimentTakesAtMostSixMinutes() throws ScenarioFileException {
        ExperimentSpec first = ExperimentFile.read(FOLDER.resolve("first.yaml"));
        int trials = first.variants().size() * (first.rounds() + 1);
        Duration trial = first.scenario().timing().total().plusSeconds(5);
        assertThat(trial.multipliedBy(trials)).isLessThanOrEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void aStageThatTheExperimentDoesNotNameComesFromTheScenario() throws ScenarioFileException {
        assertThat(ExperimentFile.read(FOLDER.resolve("rtcp.yaml")).scenario().timing())
                .isEqualTo(ScenarioFile.read(FOLDER.resolve("plan-100.yaml")).timing());
    }

    @Test
    void aWarmUpWithoutALongestHasAFixedLength() throws ScenarioFileException {
        TrialTiming timing = ScenarioFile.read(FOLDER.resolve("plan-100.yaml")).timing();
        assertThat(timing.warmUpMax()).isEqualTo(timing.warmUp());
        assertThat(timing.isWarmUpByCriterion()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"profiles, 120", "ladder, 40", "provider, 40", "intrinsics, 40"})
    void theLongExperimentsWarmUpUntilTheRelayIsQuiet(String name, int secondsMax) throws ScenarioFileException {
        TrialTiming timing =
                ExperimentFile.read(FOLDER.resolve(name + ".yaml")).scenario().timing();
        assertThat(timing.warmUp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(timing.warmUpMax()).isEqualTo(Duration.ofSeconds(secondsMax));
        assertThat(timing.jitShareMax()).isEqualTo(0.03);
    }

    @Test
    void memoryIsReadWithoutViewersAndUpToTwoHundred() throws ScenarioFileException {
        ExperimentSpec memory = ExperimentFile.read(FOLDER.resolve("memory.yaml"));
        assertThat(memory.viewerCounts()).containsExactly(0, 25, 50, 100, 200);
        assertThat(memory.scenario().viewers().count()).isEqualTo(200);
        assertThat(memory.duet()).isNull();
        assertThat(memory.variants()).extracting(Variant::id).contains("mtx-2025", "plan-current", "best");
    }

    @Test
    void theQuietNetworkHasNoTalkerAndTheOtherOneHas() throws ScenarioFileException {
        ExperimentSpec quiet = ExperimentFile.read(FOLDER.resolve("mdns-quiet.yaml"));
        assertThat(quiet.scenario().mdnsTalk()).isEqualTo(MdnsTalk.NONE);
        assertThat(quiet.scenario().viewers().hasLocalCandidates()).isFalse();
        ExperimentSpec chatter = ExperimentFile.read(FOLDER.resolve("mdns-chatter.yaml"));
        assertThat(chatter.scenario().mdnsTalk()).isEqualTo(new MdnsTalk(100, 0, null));
        assertThat(chatter.scenario().viewers().hasLocalCandidates()).isTrue();
        assertThat(chatter.variants())
                .extracting(variant -> variant.settings().get("mdns"))
                .containsExactly("per-session", "off");
        assertThat(quiet.variants())
                .extracting(Variant::settings)
                .isEqualTo(chatter.variants().stream().map(Variant::settings).toList());
    }

    @Test
    void anExperimentOfLaunchPairsHasNoRounds() throws ScenarioFileException {
        ExperimentSpec smoke = ExperimentFile.read(FOLDER.resolve("pair-smoke.yaml"));
        assertThat(smoke.duet()).isEqualTo(new DuetSpec(2, 2, Duration.ofSeconds(6), 0.1));
        assertThat(smoke.rounds()).isZero();
        assertThat(smoke.scenario().drive()).isEqualTo(new Drive.Closed(2));
    }

    @Test
    void theClaimsAreMeasuredInPairsWithAndWithoutMediaAndInRounds() throws ScenarioFileException {
        ExperimentFile.Content claims = ExperimentFile.readAll(FOLDER.resolve("claims.yaml"));
        DuetSpec duet = Objects.requireNonNull(claims.spec().duet());
        assertThat(Couple.of(claims.spec(), claims.ladder())).hasSize(10);
        assertThat(duet.idle().pairs()).isGreaterThanOrEqualTo(3);
        assertThat(claims.spec().rounds()).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims", "ladder"})
    void aWindowHasWholePeriodsOfSenderReportsBeforeAndAfter(String name) throws ScenarioFileException {
        Duration window = ExperimentFile.read(FOLDER.resolve(name + ".yaml"))
                .steadyScenario()
                .timing()
                .window();
        assertThat(window.toSeconds() % 3).isZero();
    }

    @Test
    void theLadderOfLaunchPairsMeetsParentsAndStartWithAllControls() throws ScenarioFileException {
        ExperimentFile.Content ladder = ExperimentFile.readAll(FOLDER.resolve("pair-ladder.yaml"));
        DuetSpec duet = Objects.requireNonNull(ladder.spec().duet());
        assertThat(duet.against()).containsExactly(DuetSpec.Against.PARENT, DuetSpec.Against.START);
        assertThat(duet.idle().pairs()).isPositive();
        assertThat(duet.controls()).isEqualTo(new DuetSpec.Controls(3, true));
        assertThat(Couple.of(ladder.spec(), ladder.ladder())).hasSizeGreaterThan(10);
    }
}
