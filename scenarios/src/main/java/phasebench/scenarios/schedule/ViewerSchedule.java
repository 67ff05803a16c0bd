package phasebench.scenarios.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.schedule.ViewerEvent.Kind;
import phasebench.scenarios.schedule.ViewerEvent.Stage;

/// All joins and leaves of a scenario in their order, the same for the same seed.
///
/// A scenario of n viewers has n places. Whoever follows on a place has the index of who left plus n, so that the index
/// modulo n is the place: what it watches and what it is chosen for.
///
/// @param places viewers that the scenario asks for
/// @param events by stage, then by time
public record ViewerSchedule(int places, List<ViewerEvent> events) {
    /// A viewer that came so shortly ago is not asked to leave: its handshake may still be under way.
    static final Duration SETTLED = Duration.ofMillis(500);

    /// Apart from everything else that is random about the same seed.
    private static final long ARRIVALS_SALT = 0x6a6f_696eL;

    private static final long CHURN_SALT = 0x6368_7572_6eL;

    public ViewerSchedule {
        events = List.copyOf(events);
    }

    /// The schedule of a scenario.
    public static ViewerSchedule of(Scenario scenario, long seed) {
        int viewers = scenario.viewers().count();
        Duration ramp = scenario.timing().ramp();
        List<ViewerEvent> events = new ArrayList<>();
        switch (scenario.shape()) {
            case LoadShape.Steady _ -> spread(events, Stage.RAMP, Duration.ZERO, ramp, 0, viewers);
            case LoadShape.Ramp(int from, LoadShape.Ramp.Arrivals arrivals) -> {
                spread(events, Stage.RAMP, Duration.ZERO, Duration.ZERO, 0, from);
                switch (arrivals) {
                    case EVEN -> spread(events, Stage.RAMP, Duration.ZERO, ramp, from, viewers);
                    case RANDOM -> scatter(events, ramp, from, viewers, new SplittableRandom(seed ^ ARRIVALS_SALT));
                }
            }
            case LoadShape.Steps steps -> {
                spread(events, Stage.RAMP, Duration.ZERO, ramp, 0, steps.from());
                for (int step = 1; step <= steps.count(viewers); step++) {
                    int first = steps.from() + (step - 1) * steps.by();
                    int end = Math.min(viewers, first + steps.by());
                    spread(events, Stage.WINDOW, steps.every().multipliedBy(step), Duration.ZERO, first, end);
                }
            }
            case LoadShape.JoinBurst burst -> {
                spread(events, Stage.RAMP, Duration.ZERO, ramp, 0, burst.before());
                spread(events, Stage.WINDOW, burst.at(), burst.within(), burst.before(), viewers);
            }
            case LoadShape.Churn churn -> {
                spread(events, Stage.RAMP, Duration.ZERO, ramp, 0, viewers);
                churn(events, churn, viewers, scenario.timing().window(), seed);
            }
            case LoadShape.Climb climb ->
                spread(events, Stage.RAMP, Duration.ZERO, ramp, 0, climb.viewersOf(0, viewers));
        }
        events.sort(Comparator.comparing(ViewerEvent::stage).thenComparing(ViewerEvent::at));
        return new ViewerSchedule(viewers, events);
    }

    /// The joins of one more step of a climb, spread evenly over a ramp of its own.
    ///
    /// @param step from 1 on: those of the first are the schedule itself
    public static List<ViewerEvent> ofStep(Scenario scenario, LoadShape.Climb climb, int step) {
        int viewers = scenario.viewers().count();
        List<ViewerEvent> events = new ArrayList<>();
        spread(
                events,
                Stage.RAMP,
                Duration.ZERO,
                scenario.timing().ramp(),
                climb.viewersOf(step - 1, viewers),
                climb.viewersOf(step, viewers));
        return events;
    }

    /// Viewers `first` to `end` join at equal distances.
    private static void spread(
            List<ViewerEvent> events, Stage stage, Duration at, Duration length, int first, int end) {
        for (int viewer = first; viewer < end; viewer++) {
            Duration offset = Duration.ofNanos(length.toNanos() / (end - first) * (viewer - first));
            events.add(new ViewerEvent(stage, at.plus(offset), Kind.JOIN, viewer));
        }
    }

    private static void scatter(
            List<ViewerEvent> events, Duration length, int first, int end, SplittableRandom random) {
        long[] instants = random.longs(end - first, 0, Math.max(1, length.toNanos()))
                .sorted()
                .toArray();
        for (int i = 0; i < instants.length; i++) {
            events.add(new ViewerEvent(Stage.RAMP, Duration.ofNanos(instants[i]), Kind.JOIN, first + i));
        }
    }

    /// Exponential stays make leaves a Poisson process: one anywhere each `meanStay` over the number of places.
    private static void churn(List<ViewerEvent> events, LoadShape.Churn churn, int places, Duration window, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ CHURN_SALT);
        double meanGapNs = (double) churn.meanStay().toNanos() / places;
        int[] viewerOfPlace = new int[places];
        long[] joinedNs = new long[places];
        for (int place = 0; place < places; place++) {
            viewerOfPlace[place] = place;
            joinedNs[place] = -SETTLED.toNanos();
        }
        double atNs = -meanGapNs * Math.log(1 - random.nextDouble());
        while (atNs < window.toNanos()) {
            long leaveNs = (long) atNs;
            int place = random.nextInt(places);
            if (leaveNs - joinedNs[place] >= SETTLED.toNanos()) {
                events.add(event(leaveNs, Kind.LEAVE, viewerOfPlace[place]));
                long joinNs = leaveNs + churn.gap().toNanos();
                viewerOfPlace[place] += places;
                // a place that is taken again behind the window stays empty to its end
                joinedNs[place] = joinNs < window.toNanos() ? joinNs : Long.MAX_VALUE / 2;
                if (joinNs < window.toNanos()) {
                    events.add(event(joinNs, Kind.JOIN, viewerOfPlace[place]));
                }
            }
            atNs -= meanGapNs * Math.log(1 - random.nextDouble());
        }
    }

    private static ViewerEvent event(long atNs, Kind kind, int viewer) {
        return new ViewerEvent(Stage.WINDOW, Duration.ofNanos(atNs), kind, viewer);
    }

    /// The events of one stage, in order of time.
    public List<ViewerEvent> in(Stage stage) {
        return events.stream().filter(event -> event.stage() == stage).toList();
    }

    /// Events of one kind in one stage.
    public int count(Stage stage, Kind kind) {
        return (int) events.stream()
                .filter(event -> event.stage() == stage && event.kind() == kind)
                .count();
    }

    /// Viewers that have joined and not left, `at` after the window's begin; events of that instant included.
    public int presentAt(Duration at) {
        int present = 0;
        for (ViewerEvent event : events) {
            if (event.stage() == Stage.RAMP || event.at().compareTo(at) <= 0) {
                present += event.kind() == Kind.JOIN ? 1 : -1;
            }
        }
        return present;
    }

    /// Viewers before the window.
    public int presentBefore() {
        return count(Stage.RAMP, Kind.JOIN);
    }

    /// Viewers when the window ends.
    public int presentAfter() {
        return presentBefore() + count(Stage.WINDOW, Kind.JOIN) - count(Stage.WINDOW, Kind.LEAVE);
    }

    /// Time that viewers spend in a window of a length, in seconds, summed over those that are asked for.
    public double viewerSeconds(Duration window, IntPredicate isAskedFor) {
        double length = window.toNanos() / 1e9;
        double sum = 0;
        for (ViewerEvent event : events) {
            if (isAskedFor.test(event.viewer())) {
                double rest = event.stage() == Stage.RAMP
                        ? length
                        : Math.max(0, window.minus(event.at()).toNanos() / 1e9);
                sum += event.kind() == Kind.JOIN ? rest : -rest;
            }
        }
        return sum;
    }

    /// The same of all viewers.
    public double viewerSeconds(Duration window) {
        return viewerSeconds(window, _ -> true);
    }
}
