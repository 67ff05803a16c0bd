package phasebench.harness.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import tools.jackson.databind.json.JsonMapper;

/// The two kinds of lines on the control connection; see the package comment.
final class LoadMessage {
    /// Longer lines are refused.
    static final int CHARACTERS_MAX = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Drive.class, DriveNames.class)
            .addMixIn(MediaSource.class, MediaSourceNames.class)
            .addMixIn(LoadShape.class, LoadShapeNames.class)
            .build();

    private LoadMessage() {}

    /// What the handle asks for.
    record Request(
            String command,
            @Nullable Scenario scenario,
            @Nullable LoadTargets targets,
            long seed,
            long drainMillis) {
        static Request of(String command) {
            return new Request(command, null, null, 0, 0);
        }
    }

    /// What the process answers.
    record Answer(
            boolean isOk, @Nullable String error, @Nullable LoadEvidence evidence, long packets) {
        static final Answer OK = of(0);

        static Answer of(long packets) {
            return new Answer(true, null, null, packets);
        }

        static Answer failed(String error) {
            return new Answer(false, error, null, 0);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Drive.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Drive.Closed.class, name = "closed")
    })
    private interface DriveNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MediaSource.Clip.class, name = "clip"),
        @JsonSubTypes.Type(value = MediaSource.Synthetic.class, name = "synthetic")
    })
    private interface MediaSourceNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LoadShape.Steady.class, name = "steady"),
        @JsonSubTypes.Type(value = LoadShape.Ramp.class, name = "ramp"),
        @JsonSubTypes.Type(value = LoadShape.Steps.class, name = "steps"),
        @JsonSubTypes.Type(value = LoadShape.JoinBurst.class, name = "joinBurst"),
        @JsonSubTypes.Type(value = LoadShape.Churn.class, name = "churn"),
        @JsonSubTypes.Type(value = LoadShape.Climb.class, name = "climb")
    })
    private interface LoadShapeNames {}

    /// One line of JSON, without its end.
    static String write(Object message) {
        return JSON.writeValueAsString(message);
    }

    /// @throws tools.jackson.core.JacksonException if the line is no such message
    static <T> T read(String line, Class<T> type) {
        return JSON.readValue(line, type);
    }
}
