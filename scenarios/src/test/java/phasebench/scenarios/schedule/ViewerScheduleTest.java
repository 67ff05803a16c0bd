package phasebench.scenarios.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;
import phasebench.scenarios.schedule.ViewerEvent.Kind;
import phasebench.scenarios.schedule.ViewerEvent.Stage;

class ViewerScheduleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final LoadShape CHURN = new LoadShape.Churn(Duration.ofSeconds(20), Duration.ZERO);
    private static final LoadShape RANDOM = new LoadShape.Ramp(2, LoadShape.Ramp.Arrivals.RANDOM);

    private static Scenario scenario(int viewers, LoadShape shape) {
        return new Scenario(
                        "test",
                        "",
                        List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                        new ViewerLoad(viewers, 1, 1),
                        new Drive.Open(),
                        new TrialTiming(SECOND.multipliedBy(5), SECOND, SECOND.multipliedBy(60), SECOND))
                .withShape(shape);
    }

    private static ViewerSchedule schedule(int viewers, LoadShape shape) {
        return ViewerSchedule.of(scenario(viewers, shape), 7);
    }

    private static Stream<LoadShape> shapes() {
        return Stream.of(
                new LoadShape.Steady(),
                new LoadShape.Ramp(2, LoadShape.Ramp.Arrivals.EVEN),
                RANDOM,
                new LoadShape.Steps(2, 3, SECOND),
                new LoadShape.JoinBurst(2, SECOND, SECOND),
                CHURN,
                new LoadShape.Churn(Duration.ofSeconds(3), SECOND));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theSameSeedGivesTheSameSchedule(LoadShape shape) {
        assertThat(ViewerSchedule.of(scenario(10, shape), 7)).isEqualTo(ViewerSchedule.of(scenario(10, shape), 7));
    }

    @Test
    void anotherSeedGivesOtherArrivalsAndAnotherChurn() {
        for (LoadShape shape : List.of(RANDOM, CHURN)) {
            assertThat(ViewerSchedule.of(scenario(10, shape), 8))
                    .isNotEqualTo(ViewerSchedule.of(scenario(10, shape), 7));
        }
    }

    /// Nobody joins twice, nobody leaves who is not there, and on each place sits one at a time.
    @ParameterizedTest
    @MethodSource("shapes")
    void everyLeaveHasItsJoinAndPlacesAreTakenOnce(LoadShape shape) {
        ViewerSchedule schedule = schedule(10, shape);
        Set<Integer> ever = new HashSet<>();
        Set<Integer> present = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        for (ViewerEvent event : schedule.events()) {
            int place = event.viewer() % schedule.places();
            switch (event.kind()) {
                case JOIN -> {
                    assertThat(ever.add(event.viewer())).isTrue();
                    assertThat(places.add(place)).isTrue();
                    present.add(event.viewer());
                }
                case LEAVE -> {
                    assertThat(present.remove(event.viewer())).isTrue();
                    places.remove(place);
                }
            }
        }
        assertThat(present).hasSize(schedule.presentAfter());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eventsStandInTheOrderOfTheirTimes(LoadShape shape) {
        for (Stage stage : Stage.values()) {
            assertThat(schedule(10, shape).in(stage))
                    .extracting(ViewerEvent::at)
                    .isSorted();
        }
    }

    @Test
    void aSteadyCrowdIsSpreadEvenlyOverTheRamp() {
        ViewerSchedule schedule = schedule(10, new LoadShape.Steady());
        assertThat(schedule.events())
                .extracting(ViewerEvent::viewer)
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThat(schedule.events().get(3))
                .isEqualTo(new ViewerEvent(Stage.RAMP, Duration.ofMillis(1500), Kind.JOIN, 3));
        assertThat(schedule.in(Stage.WINDOW)).isEmpty();
        assertThat(schedule.viewerSeconds(Duration.ofSeconds(60))).isCloseTo(600, within(1e-9));
    }

    @Test
    void aRampLetsTheFirstInAtOnceAndIsOverBeforeTheWindow() {
        for (LoadShape.Ramp.Arrivals arrivals : LoadShape.Ramp.Arrivals.values()) {
            ViewerSchedule schedule = schedule(10, new LoadShape.Ramp(4, arrivals));
            assertThat(schedule.events().subList(0, 4))
                    .extracting(ViewerEvent::at)
                    .containsOnly(Duration.ZERO);
            assertThat(schedule.events())
                    .hasSize(10)
                    .allSatisfy(event -> assertThat(event.at()).isLessThan(Duration.ofSeconds(5)));
            assertThat(schedule.in(Stage.WINDOW)).isEmpty();
        }
    }

    @Test
    void stepsRiseAtEqualDistancesAndTheLastIsWhatIsLeft() {
        ViewerSchedule schedule = schedule(10, new LoadShape.Steps(2, 3, SECOND));
        assertThat(schedule.presentBefore()).isEqualTo(2);
        assertThat(IntStream.of(0, 999, 1000, 1999, 2000, 3000, 60_000)
                        .map(millis -> schedule.presentAt(Duration.ofMillis(millis))))
                .containsExactly(2, 2, 5, 5, 8, 10, 10);
    }

    @Test
    void aClimbBeginsWithItsFirstStepAndAddsTheOthersOneByOne() {
        LoadShape.Climb climb = new LoadShape.Climb(4, 5, Duration.ofMillis(20), 0);
        Scenario scenario = scenario(12, climb);
        assertThat(ViewerSchedule.of(scenario, 7).presentAfter()).isEqualTo(4);
        assertThat(climb.windows(12)).isEqualTo(3);
        assertThat(ViewerSchedule.ofStep(scenario, climb, 1))
                .extracting(ViewerEvent::viewer)
                .containsExactly(4, 5, 6, 7, 8);
        assertThat(ViewerSchedule.ofStep(scenario, climb, 2))
                .extracting(ViewerEvent::viewer)
                .containsExactly(9, 10, 11);
        assertThat(ViewerSchedule.ofStep(scenario, climb, 2).getLast().at()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aBurstComesWithinItsTime() {
        ViewerSchedule schedule = schedule(12, new LoadShape.JoinBurst(2, Duration.ofSeconds(3), SECOND));
        assertThat(schedule.in(Stage.WINDOW))
                .hasSize(10)
                .allSatisfy(event -> assertThat(event.at()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3900)));
        ViewerSchedule atOnce = schedule(12, new LoadShape.JoinBurst(2, Duration.ofSeconds(3), Duration.ZERO));
        assertThat(atOnce.in(Stage.WINDOW)).extracting(ViewerEvent::at).containsOnly(Duration.ofSeconds(3));
    }

    /// 100 viewers who stay 20 s on average leave 5 a second: 300 in 60 s, less those of the first half second after a
    /// join; five standard deviations of a Poisson count of 300 are 87.
    @Test
    void churnLeavesAtTheRateThatItsStayMakesAndKeepsTheCrowdWhole() {
        ViewerSchedule schedule = schedule(100, CHURN);
        int leaves = schedule.count(Stage.WINDOW, Kind.LEAVE);
        assertThat(leaves).isBetween(300 - 87 - 8, 300 + 87);
        assertThat(schedule.count(Stage.WINDOW, Kind.JOIN)).isEqualTo(leaves);
        assertThat(schedule.presentAfter()).isEqualTo(100);
        assertThat(schedule.viewerSeconds(Duration.ofSeconds(60))).isCloseTo(6000, within(1e-6));
    }

    @Test
    void aGapLeavesPlacesEmpty() {
        ViewerSchedule schedule = schedule(100, new LoadShape.Churn(Duration.ofSeconds(20), Duration.ofSeconds(5)));
        assertThat(schedule.presentAfter()).isLessThan(100).isGreaterThan(50);
        assertThat(schedule.viewerSeconds(Duration.ofSeconds(60))).isBetween(4000.0, 5900.0);
    }

    @Test
    void nobodyIsAskedToLeaveBeforeTheHandshakeMayBeOver() {
        ViewerSchedule schedule = schedule(3, new LoadShape.Churn(SECOND, Duration.ZERO));
        for (ViewerEvent leave : schedule.in(Stage.WINDOW)) {
            if (leave.kind() == Kind.LEAVE && leave.viewer() >= 3) {
                Duration joined = schedule.in(Stage.WINDOW).stream()
                        .filter(event -> event.kind() == Kind.JOIN && event.viewer() == leave.viewer())
                        .findFirst()
                        .orElseThrow()
                        .at();
                assertThat(leave.at().minus(joined)).isGreaterThanOrEqualTo(ViewerSchedule.SETTLED);
            }
        }
    }

    @Test
    void aShapeThatDoesNotFitItsScenarioIsRefused() {
        assertThatThrownBy(() -> scenario(10, new LoadShape.Steps(10, 1, SECOND)))
                .hasMessageContaining("shape steps from: 10 viewers leave nobody of all 10 to join");
        assertThatThrownBy(() -> scenario(1000, new LoadShape.Steps(1, 1, SECOND)))
                .hasMessageContaining("shape steps every: 999 steps of 1s do not fit the window of 1m");
        assertThatThrownBy(() -> scenario(10, new LoadShape.JoinBurst(5, Duration.ofSeconds(60), Duration.ZERO)))
                .hasMessageContaining("the burst ends at 1m, and the window has 1m");
        assertThatThrownBy(() -> scenario(100_000, new LoadShape.Churn(SECOND, Duration.ZERO)))
                .hasMessageContaining("makes about 6000000 joins in one window");
    }
}
