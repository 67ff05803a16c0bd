package phasebench.scenarios;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key `shape` of a scenario: `steady`, or one of the others with its figures.
final class ShapeSection {
    private static final List<String> MAPPINGS = List.of("ramp", "steps", "joinBurst", "churn", "climb");
    private static final List<String> ALL_KEYS = List.of(
            "from", "by", "every", "arrivals", "before", "at", "within", "meanStay", "gap", "latencyP99Max", "lossMax");
    private static final String ALLOWED = "steady, or one of the keys " + String.join(", ", MAPPINGS);
    private static final int VIEWERS_MAX = 100_000;
    private static final Duration STAGE_MAX = Duration.ofHours(1);
    private static final Duration EVERY_MIN = Duration.ofMillis(100);
    private static final Duration STAY_MIN = Duration.ofSeconds(1);

    private ShapeSection() {}

    static LoadShape read(Section scenario) {
        if (!scenario.has("shape")) {
            return new LoadShape.Steady();
        }
        if (!scenario.isMapping("shape")) {
            if (!scenario.text("shape").equals("steady")) {
                scenario.problem(
                        "shape",
                        Section.valueOf(scenario.text("shape")) + " is no shape without figures"
                                + ScenarioFileException.didYouMean(scenario.text("shape"), List.of("steady")),
                        ALLOWED);
            }
            return new LoadShape.Steady();
        }
        Section shape = scenario.section("shape", MAPPINGS);
        List<String> named = MAPPINGS.stream().filter(shape::has).toList();
        if (named.size() != 1) {
            scenario.problem(
                    "shape",
                    named.isEmpty() ? "names no shape" : "names " + named.size() + ": " + String.join(", ", named),
                    ALLOWED);
            return new LoadShape.Steady();
        }
        return switch (named.getFirst()) {
            case "ramp" -> ramp(shape.section("ramp", List.of("from", "arrivals")));
            case "steps" -> steps(shape.section("steps", List.of("from", "by", "every")));
            case "joinBurst" -> burst(shape.section("joinBurst", List.of("before", "at", "within")));
            case "churn" -> churn(shape.section("churn", List.of("meanStay", "gap")));
            default -> climb(shape.section("climb", List.of("from", "by", "latencyP99Max", "lossMax")));
        };
    }

    private static LoadShape ramp(Section ramp) {
        int from = ramp.integer("from", 0, VIEWERS_MAX, 0);
        boolean isRandom = ramp.has("arrivals")
                && ramp.choice("arrivals", List.of("even", "random")).equals("random");
        return new LoadShape.Ramp(from, isRandom ? LoadShape.Ramp.Arrivals.RANDOM : LoadShape.Ramp.Arrivals.EVEN);
    }

    private static LoadShape steps(Section steps) {
        int from = (int) steps.integer("from", 1, VIEWERS_MAX);
        int by = (int) steps.integer("by", 1, VIEWERS_MAX);
        return new LoadShape.Steps(from, by, steps.duration("every", EVERY_MIN, STAGE_MAX));
    }

    private static LoadShape burst(Section burst) {
        int before = (int) burst.integer("before", 1, VIEWERS_MAX);
        Duration at = burst.duration("at", Duration.ZERO, STAGE_MAX);
        return new LoadShape.JoinBurst(before, at, burst.duration("within", Duration.ZERO, STAGE_MAX, Duration.ZERO));
    }

    private static LoadShape churn(Section churn) {
        Duration meanStay = churn.duration("meanStay", STAY_MIN, STAGE_MAX);
        return new LoadShape.Churn(meanStay, churn.duration("gap", Duration.ZERO, STAGE_MAX, Duration.ZERO));
    }

    private static LoadShape climb(Section climb) {
        int from = (int) climb.integer("from", 1, VIEWERS_MAX);
        int by = (int) climb.integer("by", 1, VIEWERS_MAX);
        Duration latencyP99Max = climb.duration("latencyP99Max", Duration.ofMillis(1), Duration.ofSeconds(10));
        double lossMax = climb.share("lossMax", 0);
        if (lossMax >= 1) {
            climb.problem("lossMax", Section.valueOf(climb.text("lossMax")) + " allows to lose all", "less than 1");
            lossMax = 0;
        }
        return new LoadShape.Climb(from, by, latencyP99Max, lossMax);
    }

    /// Complains about a shape that does not fit what stands around it.
    static void requireFitting(Section scenario, LoadShape shape, int viewers, Drive drive, TrialTiming timing) {
        @Nullable ShapeRule broken = ShapeRule.broken(shape, viewers, drive, timing);
        if (broken == null) {
            return;
        }
        if (broken.key().isEmpty()) {
            scenario.problem("shape", broken.problem(), broken.allowed());
        } else {
            Section section = scenario.section("shape", MAPPINGS);
            section.section(shape.word(), ALL_KEYS).problem(broken.key(), broken.problem(), broken.allowed());
        }
    }
}
