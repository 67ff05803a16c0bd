package phasebench.scenarios;

import java.util.List;

/// What is offered to the relay: streams, viewers, drive and the lengths of the stages.
public record Scenario(
        String name,
        String description,
        List<StreamSpec> streams,
        ViewerLoad viewers,
        Drive drive,
        TrialTiming timing) {
    public Scenario {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a scenario needs a stream");
        }
    }
}
