package phasebench.reports.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Bitrates;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Times;
import phasebench.scenarios.ViewerLoad;

/// Says in words what streams sound like, how viewers come and go, what they are, and what the network does to their
/// packets.
public final class ShapeWords {
    private ShapeWords() {}

    /// What a sentence about the viewers goes on with; empty for a steady crowd on a clean network.
    public static String asides(Scenario scenario) {
        List<String> asides = new ArrayList<>();
        if (!scenario.shape().equals(new LoadShape.Steady())) {
            asides.add(shape(scenario.shape(), scenario.viewers().count()));
        }
        String roles = roles(scenario.viewers());
        if (!roles.isEmpty()) {
            asides.add(roles);
        }
        if (!scenario.impairments().isEmpty()) {
            asides.add("network with " + impairments(scenario.impairments()));
        }
        if (scenario.generators() > 1) {
            asides.add(scenario.generators() + " generator processes");
        }
        return asides.stream().map(aside -> "; " + aside).collect(Collectors.joining());
    }

    /// What a stream has beside its video, for a sentence that goes on; empty for nothing.
    public static String audio(StreamSpec stream) {
        AudioSpec audio = stream.audio();
        return audio == null
                ? ""
                : " and Opus, %d packets/s of %d bytes".formatted(audio.packetsPerSecond(), audio.payloadBytes());
    }

    public static String shape(LoadShape shape, int viewers) {
        return switch (shape) {
            case LoadShape.Steady _ -> "steady: all join evenly over the ramp";
            case LoadShape.Ramp(int from, LoadShape.Ramp.Arrivals arrivals) ->
                "ramp: %s join at once, the others %s before the window"
                        .formatted(
                                from == 0 ? "none" : Integer.toString(from),
                                switch (arrivals) {
                                    case EVEN -> "evenly";
                                    case RANDOM -> "at random instants";
                                });
            case LoadShape.Steps steps ->
                "steps: %d before the window, %d more every %s in it, %d times"
                        .formatted(steps.from(), steps.by(), Times.format(steps.every()), steps.count(viewers));
            case LoadShape.JoinBurst(int before, Duration at, Duration within) ->
                "join burst: %d before the window, %d more %s into it%s"
                        .formatted(
                                before,
                                viewers - before,
                                Times.format(at),
                                within.isZero() ? " at once" : " within " + Times.format(within));
            case LoadShape.Climb climb ->
                "climb: from %d by %d until latency p99 is over %s or more than %s are lost, at most %d steps"
                        .formatted(
                                climb.from(),
                                climb.by(),
                                Times.format(climb.latencyP99Max()),
                                percent(climb.lossMax()),
                                climb.windows(viewers));
            case LoadShape.Churn(Duration meanStay, Duration gap) ->
                "churn: viewers stay %s on average, and are followed %s"
                        .formatted(Times.format(meanStay), gap.isZero() ? "at once" : "after " + Times.format(gap));
        };
    }

    /// What some of the viewers are; empty when all are the same.
    public static String roles(ViewerLoad viewers) {
        List<String> roles = new ArrayList<>();
        if (viewers.behaviourShare() > 0) {
            roles.add(percent(viewers.behaviourShare()) + " of viewers ask again as Chromium does");
        }
        if (viewers.sinkShare() > 0) {
            roles.add(percent(viewers.sinkShare()) + " of viewers are sinks");
        }
        return String.join(", ", roles);
    }

    public static String impairments(List<Impairment> impairments) {
        return impairments.stream().map(ShapeWords::impairment).collect(Collectors.joining(", then "));
    }

    private static String impairment(Impairment impairment) {
        List<String> effects = new ArrayList<>();
        if (impairment.lossShare() > 0) {
            effects.add(percent(impairment.lossShare()) + " loss"
                    + (impairment.meanBurst() > 1 ? " in bursts of " + plain(impairment.meanBurst()) : ""));
        }
        if (!impairment.delay().isZero()) {
            effects.add("delay " + Times.format(impairment.delay()));
        }
        if (!impairment.jitter().isZero()) {
            effects.add("jitter " + Times.format(impairment.jitter()));
        }
        if (impairment.reorderShare() > 0) {
            effects.add(percent(impairment.reorderShare()) + " reordered");
        }
        if (impairment.duplicateShare() > 0) {
            effects.add(percent(impairment.duplicateShare()) + " duplicated");
        }
        Long bitsPerSecond = impairment.bitsPerSecond();
        if (bitsPerSecond != null) {
            effects.add("at most " + Bitrates.format(bitsPerSecond) + "/s");
        }
        return String.join(", ", effects) + (impairment.direction() == Direction.BOTH ? " both ways" : "");
    }

    /// Such as `2 %` or `0.5 %`.
    public static String percent(double share) {
        return plain(share * 100) + " %";
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
