package phasebench.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key `impairments` of a scenario: what packets meet on their way, one behind the other.
final class ImpairmentSection {
    private static final List<String> KEYS =
            List.of("loss", "burst", "delay", "jitter", "reorder", "duplicate", "bandwidth", "direction");
    private static final List<String> EFFECTS = List.of("loss", "delay", "jitter", "reorder", "duplicate", "bandwidth");
    private static final Duration DELAY_MAX = Duration.ofSeconds(10);
    private static final double BURST_MAX = 1000;
    private static final long BITS_PER_SECOND_MIN = 10_000;
    private static final long BITS_PER_SECOND_MAX = 100_000_000_000L;

    private ImpairmentSection() {}

    static List<Impairment> read(Section scenario) throws ScenarioFileException {
        List<Impairment> impairments = new ArrayList<>();
        if (!scenario.has("impairments")) {
            return impairments;
        }
        for (Section impairment : scenario.sections("impairments", "impairment", KEYS)) {
            if (EFFECTS.stream().noneMatch(impairment::has)) {
                impairment.problemHere("does nothing to packets", "one of the keys " + String.join(", ", EFFECTS));
            }
            impairments.add(one(impairment));
        }
        return impairments;
    }

    private static Impairment one(Section impairment) throws ScenarioFileException {
        double loss = impairment.share("loss", 0);
        double burst = impairment.has("burst") ? impairment.number("burst", 1, BURST_MAX) : 1;
        if (impairment.has("burst") && !impairment.has("loss")) {
            impairment.problem("burst", "is the length of losses, and there is no loss", "a burst beside a loss");
        }
        if (loss >= 1) {
            impairment.problem(
                    "loss", Section.valueOf(impairment.text("loss")) + " lets nothing through", "less than 1");
        }
        Duration delay = impairment.duration("delay", Duration.ZERO, DELAY_MAX, Duration.ZERO);
        Duration jitter = impairment.duration("jitter", Duration.ZERO, DELAY_MAX, Duration.ZERO);
        double reorder = impairment.share("reorder", 0);
        double duplicate = impairment.share("duplicate", 0);
        @Nullable
        Long bandwidth = impairment.has("bandwidth")
                ? Long.valueOf(impairment.bitrate("bandwidth", BITS_PER_SECOND_MIN, BITS_PER_SECOND_MAX))
                : null;
        Direction direction = impairment.has("direction")
                        && impairment
                                .choice("direction", List.of("media", "both"))
                                .equals("both")
                ? Direction.BOTH
                : Direction.MEDIA;
        return impairment.construct(
                () -> new Impairment(loss, burst, delay, jitter, reorder, duplicate, bandwidth, direction));
    }
}
