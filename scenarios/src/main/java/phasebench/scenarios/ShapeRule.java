package phasebench.scenarios;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What keeps a load shape from being carried out with the viewers, the drive and the stages around it.
///
/// @param key of the shape's own section; empty when it is the shape as a whole
/// @param problem what is wrong with it
/// @param allowed what would be right
record ShapeRule(String key, String problem, String allowed) {
    /// More joins in one window than a schedule holds.
    static final int JOINS_MAX = 100_000;

    /// More steps than anyone waits for.
    static final int STEPS_MAX = 200;

    /// The first rule that is broken, or null.
    static @Nullable ShapeRule broken(LoadShape shape, int viewers, Drive drive, TrialTiming timing) {
        if (shape.movesInWindow() && drive instanceof Drive.Closed) {
            return new ShapeRule(
                    "",
                    "viewers come or go in the window, and a closed drive waits for all of them",
                    "with a closed drive: steady or ramp");
        }
        if (shape instanceof LoadShape.Climb && drive instanceof Drive.Closed) {
            return new ShapeRule(
                    "",
                    "latency says nothing about capacity in a closed drive, which follows the relay",
                    "with a closed drive: steady or ramp");
        }
        Duration window = timing.window();
        return switch (shape) {
            case LoadShape.Steady _ -> null;
            case LoadShape.Ramp(int from, var _) ->
                from > viewers
                        ? new ShapeRule("from", from + " viewers are more than all " + viewers, "0 to " + viewers)
                        : null;
            case LoadShape.Steps steps -> steps(steps, viewers, window);
            case LoadShape.JoinBurst burst -> burst(burst, viewers, window);
            case LoadShape.Churn churn -> churn(churn, viewers, window);
            case LoadShape.Climb climb -> climb(climb, viewers);
        };
    }

    private static @Nullable ShapeRule steps(LoadShape.Steps steps, int viewers, Duration window) {
        if (steps.from() >= viewers) {
            return notBelow("from", steps.from(), viewers);
        }
        int count = steps.count(viewers);
        // divided, as the product may be more than a Duration holds
        if (steps.every().compareTo(window.dividedBy(count)) >= 0) {
            return new ShapeRule(
                    "every",
                    "%d steps of %s do not fit the window of %s"
                            .formatted(count, Times.format(steps.every()), Times.format(window)),
                    "less than " + Times.format(window.dividedBy(count)));
        }
        return null;
    }

    private static @Nullable ShapeRule burst(LoadShape.JoinBurst burst, int viewers, Duration window) {
        if (burst.before() >= viewers) {
            return notBelow("before", burst.before(), viewers);
        }
        Duration end = burst.at().plus(burst.within());
        return end.compareTo(window) >= 0
                ? new ShapeRule(
                        "at",
                        "the burst ends at %s, and the window has %s"
                                .formatted(Times.format(end), Times.format(window)),
                        "at and within together less than the window")
                : null;
    }

    private static @Nullable ShapeRule churn(LoadShape.Churn churn, int viewers, Duration window) {
        double joins = viewers * (double) window.toMillis() / churn.meanStay().toMillis();
        if (joins > JOINS_MAX) {
            return new ShapeRule(
                    "meanStay",
                    "makes about %.0f joins in one window".formatted(joins),
                    "as long a stay as leaves at most %d joins".formatted(JOINS_MAX));
        }
        return churn.gap().compareTo(window) >= 0
                ? new ShapeRule(
                        "gap",
                        "%s is not less than the window of %s"
                                .formatted(Times.format(churn.gap()), Times.format(window)),
                        "less than the window")
                : null;
    }

    private static @Nullable ShapeRule climb(LoadShape.Climb climb, int viewers) {
        if (climb.from() > viewers) {
            return new ShapeRule("from", climb.from() + " viewers are more than all " + viewers, "1 to " + viewers);
        }
        int steps = climb.windows(viewers);
        return steps > STEPS_MAX
                ? new ShapeRule(
                        "by",
                        "makes %d steps up to %d viewers".formatted(steps, viewers),
                        "as many as make at most %d steps".formatted(STEPS_MAX))
                : null;
    }

    private static ShapeRule notBelow(String key, int value, int viewers) {
        return new ShapeRule(
                key, value + " viewers leave nobody of all " + viewers + " to join", "1 to " + (viewers - 1));
    }
}
