package phasebench.scenarios;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What is offered to the relay: streams, viewers, how they come and go, what the network does to them, drive and the
/// lengths of the stages.
///
/// @param mdnsTalk what else is said on the network by multicast DNS
/// @param shape how the number of viewers moves
/// @param impairments what packets meet between relay and viewers, one behind the other; none on a clean network
/// @param generators processes that the viewers are split over; the first also publishes
public record Scenario(
        String name,
        String description,
        List<StreamSpec> streams,
        ViewerLoad viewers,
        Drive drive,
        TrialTiming timing,
        MdnsTalk mdnsTalk,
        LoadShape shape,
        List<Impairment> impairments,
        int generators) {
    /// More processes than any one machine has cores for.
    public static final int GENERATORS_MAX = 64;

    public Scenario {
        streams = List.copyOf(streams);
        impairments = List.copyOf(impairments);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a scenario needs a stream");
        }
        ShapeRule broken = ShapeRule.broken(requireNonNull(shape, "shape is null"), viewers.count(), drive, timing);
        if (broken != null) {
            throw new IllegalArgumentException(
                    "shape %s %s: %s".formatted(shape.word(), broken.key(), broken.problem()));
        }
        if (generators < 1 || generators > GENERATORS_MAX) {
            throw new IllegalArgumentException("generators is not within 1.." + GENERATORS_MAX + ": " + generators);
        }
        if (generators > 1 && drive instanceof Drive.Closed) {
            throw new IllegalArgumentException("a closed drive goes by the viewers of one generator: " + generators);
        }
    }

    /// Frames of all tracks for each frame of video, an Opus packet being one of audio; 1 without sound.
    public double framesPerPicture() {
        double pictures = streams.stream()
                .mapToDouble(stream -> stream.source().framesPerSecond())
                .sum();
        double packets =
                streams.stream().mapToDouble(StreamSpec::audioPacketsPerSecond).sum();
        return 1 + packets / pictures;
    }

    /// A steady crowd on a clean network.
    public Scenario(
            String name,
            String description,
            List<StreamSpec> streams,
            ViewerLoad viewers,
            Drive drive,
            TrialTiming timing,
            MdnsTalk mdnsTalk) {
        this(name, description, streams, viewers, drive, timing, mdnsTalk, new LoadShape.Steady(), List.of(), 1);
    }

    /// On a network where nobody speaks multicast DNS.
    public Scenario(
            String name,
            String description,
            List<StreamSpec> streams,
            ViewerLoad viewers,
            Drive drive,
            TrialTiming timing) {
        this(name, description, streams, viewers, drive, timing, MdnsTalk.NONE);
    }

    /// The same with another drive.
    public Scenario withDrive(Drive changed) {
        return new Scenario(
                name, description, streams, viewers, changed, timing, mdnsTalk, shape, impairments, generators);
    }

    /// The same with stages of other lengths.
    public Scenario withTiming(TrialTiming changed) {
        return new Scenario(
                name, description, streams, viewers, drive, changed, mdnsTalk, shape, impairments, generators);
    }

    /// The same with so many viewers.
    public Scenario withViewerCount(int count) {
        return new Scenario(
                name,
                description,
                streams,
                viewers.withCount(count),
                drive,
                timing,
                mdnsTalk,
                shape,
                impairments,
                generators);
    }

    /// The same with viewers that come and go in another way.
    public Scenario withShape(LoadShape changed) {
        return new Scenario(
                name, description, streams, viewers, drive, timing, mdnsTalk, changed, impairments, generators);
    }

    /// The same with another network between relay and viewers.
    public Scenario withImpairments(List<Impairment> changed) {
        return new Scenario(name, description, streams, viewers, drive, timing, mdnsTalk, shape, changed, generators);
    }
}
