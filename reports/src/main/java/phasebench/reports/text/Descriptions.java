package phasebench.reports.text;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MdnsTalk;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Times;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;

/// Says in words what was run.
public final class Descriptions {
    private Descriptions() {}

    public static String scenario(Scenario scenario) {
        String streams = scenario.streams().stream().map(Descriptions::stream).collect(Collectors.joining("; "));
        String drive = switch (scenario.drive()) {
            case Drive.Open _ -> "open drive (every frame leaves when it is due)";
            case Drive.Closed(int framesInFlight) -> "closed drive, " + framesInFlight + " frames in flight";
        };
        TrialTiming timing = scenario.timing();
        return "%s: %d viewers%s%s; %s; %s%s; ramp %s, warm-up %s, window %s, drain %s"
                .formatted(
                        scenario.name(),
                        scenario.viewers().count(),
                        scenario.viewers().hasLocalCandidates() ? " with candidates in .local" : "",
                        ShapeWords.asides(scenario),
                        streams,
                        drive,
                        mdnsTalk(scenario.mdnsTalk()),
                        Times.format(timing.ramp()),
                        warmUp(timing),
                        Times.format(timing.window()),
                        Times.format(timing.drain()));
    }

    private static String warmUp(TrialTiming timing) {
        return timing.isWarmUpByCriterion()
                ? "%s to %s until JIT and CPU are quiet"
                        .formatted(Times.format(timing.warmUp()), Times.format(timing.warmUpMax()))
                : Times.format(timing.warmUp());
    }

    private static String mdnsTalk(MdnsTalk talk) {
        if (talk.equals(MdnsTalk.NONE)) {
            return "";
        }
        Duration answerDelay = talk.answerDelay();
        return "; mDNS talker with %d queries/s and %d answers/s, %s"
                .formatted(
                        talk.queriesPerSecond(),
                        talk.answersPerSecond(),
                        answerDelay == null
                                ? "viewers' names unanswered"
                                : "viewers' names answered after " + Times.format(answerDelay));
    }

    private static String stream(StreamSpec stream) {
        String source = switch (stream.source()) {
            case MediaSource.Clip(String name, int framesPerSecond) ->
                "clip " + name + " at " + framesPerSecond + " frames/s";
            case MediaSource.Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes, int _) ->
                "synthetic frames of %d packets with %d bytes at %d frames/s"
                        .formatted(packetsPerFrame, payloadBytes, framesPerSecond);
        };
        return "stream '%s', %s%s, published over RTSP/%s"
                .formatted(stream.name(), source, ShapeWords.audio(stream), stream.transport());
    }

    public static String plan(ExperimentSpec experiment) {
        DuetSpec duet = experiment.duet();
        if (duet != null) {
            DuetSpec.Idle idle = duet.idle();
            String without = idle.pairs() == 0
                    ? ""
                    : ", and %d idle ones of %d windows of %d s"
                            .formatted(
                                    idle.pairs(), idle.windows(), idle.window().toSeconds());
            String rounds = experiment.rounds() == 0 ? "" : experiment.rounds() + " rounds of steady trials, ";
            return "%d variants, %s%d launch pairs of %d windows of each couple%s, seed %d"
                    .formatted(
                            experiment.variants().size(),
                            rounds,
                            duet.pairs(),
                            duet.windows(),
                            without,
                            experiment.seed());
        }
        if (experiment.hasViewerCounts()) {
            return "%d variants, each at %s viewers, %d rounds, seed %d"
                    .formatted(
                            experiment.variants().size(),
                            experiment.viewerCounts().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")),
                            experiment.rounds(),
                            experiment.seed());
        }
        return "%d variants, %d rounds%s, seed %d"
                .formatted(
                        experiment.variants().size(),
                        experiment.rounds(),
                        experiment.profiled() ? ", and one profiled trial of each" : "",
                        experiment.seed());
    }

    public static Variant find(ExperimentSpec experiment, String id) {
        return experiment.variants().stream()
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    public static String variant(ExperimentSpec experiment, String id) {
        return find(experiment, id).description();
    }

    public static String settings(Variant variant) {
        return variant.settings().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /// Ready to paste into a POSIX shell.
    public static String command(List<String> words) {
        return words.stream().map(Descriptions::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
