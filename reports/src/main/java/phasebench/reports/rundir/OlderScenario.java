package phasebench.reports.rundir;

import phasebench.scenarios.MediaSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives a manifest from before scenarios told of shapes, impairments, behaviour and sound what was true then.
final class OlderScenario {
    private OlderScenario() {}

    static void complete(JsonNode manifest) {
        if (!(manifest.at("/experiment/scenario") instanceof ObjectNode scenario)) {
            return;
        }
        if (!scenario.has("shape")) {
            scenario.putObject("shape").put("kind", "steady");
            scenario.putArray("impairments");
            scenario.put("generators", 1);
        }
        if (scenario.get("viewers") instanceof ObjectNode viewers && !viewers.has("sinkShare")) {
            viewers.put("behaviourShare", 0.0);
            viewers.put("sinkShare", 0.0);
        }
        for (JsonNode stream : scenario.path("streams")) {
            if (stream instanceof ObjectNode older && !older.has("audio")) {
                older.putNull("audio");
            }
            if (stream.path("source") instanceof ObjectNode source
                    && source.path("kind").asString("").equals("synthetic")
                    && !source.has("groupFrames")) {
                source.put("groupFrames", MediaSource.Synthetic.GROUP_FRAMES);
            }
        }
    }
}
