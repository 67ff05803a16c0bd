package phasebench.harness;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.plan.PairPlan;
import phasebench.harness.plan.TrialPlan;
import phasebench.reports.rundir.PairLayout;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.text.ShapeWords;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;

/// The plan as people read it.
final class PlanText {
    private PlanText() {}

    static String of(ExperimentPlan plan) {
        StringJoiner text = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        ExperimentSpec spec = plan.spec();
        Scenario scenario = spec.scenario();
        text.add("experiment %s: %s".formatted(spec.name(), spec.description()));
        text.add("scenario %s: %s".formatted(scenario.name(), scenario.description()));
        for (StreamSpec stream : scenario.streams()) {
            text.add("  stream %s: %s%s, by RTSP over %s"
                    .formatted(stream.name(), source(stream.source()), ShapeWords.audio(stream), stream.transport()));
        }
        text.add("  %s viewers, %s%s".formatted(viewers(spec), drive(scenario.drive()), ShapeWords.asides(scenario)));
        text.add("  " + stages(scenario.timing()));
        for (Variant variant : spec.variants()) {
            text.add("variant %s%s: %s %s %s%s"
                    .formatted(
                            variant.id(),
                            variant.id().equals(spec.baseline()) ? " (baseline)" : "",
                            variant.description(),
                            variant.settings(),
                            variant.jvmFlags(),
                            variant.plant().isEmpty() ? "" : " planted: " + variant.plant()));
            phase(plan, variant).forEach(line -> text.add("  " + line));
        }
        DuetSpec duet = spec.duet();
        if (duet != null && spec.rounds() == 0) {
            return text.toString() + pairs(plan, duet);
        }
        if (duet != null) {
            text.add(
                    "steady trials: open drive; " + stages(spec.steadyScenario().timing()));
        }
        text.add("order (seed %d):".formatted(spec.seed()));
        for (int round = 1; round <= spec.rounds(); round++) {
            text.add("  round %d: %s".formatted(round, ofRound(plan, round)));
        }
        if (spec.profiled()) {
            text.add("  profiled, one of each variant, after the others");
        }
        text.add(cost(plan.withoutPairs(), "trials"));
        return duet == null
                ? text.toString()
                : text.toString()
                        + pairs(plan, duet)
                        + "together %d JVMs, about %s%n".formatted(plan.jvmCount(), Progress.inWords(plan.expected()));
    }

    private static String cost(ExperimentPlan part, String what) {
        return "%d %s, %d JVMs, about %s; up to %d %s more for those that are invalid"
                .formatted(
                        part.count(),
                        what,
                        part.jvmCount(),
                        Progress.inWords(part.expected()),
                        part.spec().repeatsMax(),
                        what);
    }

    /// What is claimed of a variant that is a phase of a ladder.
    private static List<String> phase(ExperimentPlan plan, Variant variant) {
        PhaseLadder ladder = plan.ladder();
        return ladder == null
                ? List.of()
                : ladder.phase(variant.id()).map(PhaseText::lines).orElse(List.of());
    }

    private static String pairs(ExperimentPlan plan, DuetSpec duet) {
        StringJoiner text = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        text.add("launch pairs: both relays on one core, %d windows each; warm-up until the JITs are quiet, at most %s"
                .formatted(duet.windows(), seconds(duet.warmUpMax())));
        DuetSpec.Idle idle = duet.idle();
        if (idle.pairs() > 0) {
            text.add("idle launch pairs: sessions without media, %d windows of %s each"
                    .formatted(idle.windows(), seconds(idle.window())));
        }
        text.add("order (seed %d):".formatted(plan.spec().seed()));
        for (PairPlan pair : plan.pairs()) {
            Variant first = switch (pair.lot().order()) {
                case BASELINE_FIRST -> pair.baseline();
                case CANDIDATE_FIRST -> pair.candidate();
            };
            text.add("  %s, %s first%s%s"
                    .formatted(
                            pair.id().directoryName(),
                            first.id(),
                            pair.lot().cores() == PairLayout.Cores.SWAPPED ? ", cores swapped" : "",
                            pair.solo() == PairPlan.Solo.IN_TURN ? ", then alone in turn" : ""));
        }
        text.add(cost(plan.withoutTrials(), "launch pairs"));
        return text.toString();
    }

    private static String viewers(ExperimentSpec spec) {
        return spec.hasViewerCounts()
                ? spec.viewerCounts().stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(spec.scenario().viewers().count());
    }

    private static String ofRound(ExperimentPlan plan, int round) {
        List<String> variants = plan.trials().stream()
                .map(TrialPlan::id)
                .filter(id -> id.kind() == TrialKind.STEADY && id.round() == round)
                .map(id -> id.condition())
                .toList();
        return String.join(", ", variants);
    }

    private static String source(MediaSource source) {
        return switch (source) {
            case MediaSource.Clip(String name, int framesPerSecond) ->
                "clip %s, %d frames/s".formatted(name, framesPerSecond);
            case MediaSource.Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes, int _) ->
                "synthetic, %d frames/s of %d packets of %d bytes"
                        .formatted(framesPerSecond, packetsPerFrame, payloadBytes);
        };
    }

    private static String drive(Drive drive) {
        return switch (drive) {
            case Drive.Open _ -> "open drive: each frame leaves when it is due";
            case Drive.Closed(int framesInFlight) -> "closed drive: %d frames in flight".formatted(framesInFlight);
        };
    }

    private static String stages(TrialTiming timing) {
        return "each trial: ramp %s, warm-up %s, window %s, drain %s"
                .formatted(seconds(timing.ramp()), warmUp(timing), seconds(timing.window()), seconds(timing.drain()));
    }

    private static String warmUp(TrialTiming timing) {
        return timing.isWarmUpByCriterion()
                ? "%s to %s (until the JIT takes at most %.0f %% of the relay's CPU, and that is steady)"
                        .formatted(seconds(timing.warmUp()), seconds(timing.warmUpMax()), 100 * timing.jitShareMax())
                : seconds(timing.warmUp());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
