package phasebench.scenarios;

import java.util.List;

/// What is offered to the relay: streams, viewers, drive and the lengths of the stages.
///
/// @param mdnsTalk what else is said on the network by multicast DNS
public record Scenario(
        String name,
        String description,
        List<StreamSpec> streams,
        ViewerLoad viewers,
        Drive drive,
        TrialTiming timing,
        MdnsTalk mdnsTalk) {
    public Scenario {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a scenario needs a stream");
        }
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
        return new Scenario(name, description, streams, viewers, changed, timing, mdnsTalk);
    }

    /// The same with stages of other lengths.
    public Scenario withTiming(TrialTiming changed) {
        return new Scenario(name, description, streams, viewers, drive, changed, mdnsTalk);
    }
}
