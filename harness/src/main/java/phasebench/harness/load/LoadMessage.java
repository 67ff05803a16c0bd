package phasebench.harness.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import tools.jackson.databind.json.JsonMapper;

/// The two kinds of lines on the control connection; see the package comment.
final class LoadMessage {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Drive.class, DriveNames.class)
            .addMixIn(MediaSource.class, MediaSourceNames.class)
            .addMixIn(LoadShape.class, LoadShapeNames.class)
            .build();

    private LoadMessage() {}

    /// What the handle asks for.
    ///
    /// @param load with `prepare` only
    /// @param window with requests about one window
    record Request(
            String command, @Nullable Load load, @Nullable Window window) {
        static Request of(String command) {
            return new Request(command, null, null);
        }

        static Request prepare(Load load) {
            return new Request("prepare", load, null);
        }

        static Request plan(int attempt) {
            return new Request("window-plan", null, new Window(attempt, null, 0));
        }

        static Request arm(WindowPlan plan) {
            return new Request("window-arm", null, new Window(0, plan, 0));
        }

        static Request end(Duration drain) {
            return new Request("window-end", null, new Window(0, null, drain.toMillis()));
        }
    }

    /// What a generator is to carry.
    ///
    /// @param clock of the generator that publishes; null for that one itself
    record Load(
            Scenario scenario,
            LoadTargets targets,
            long seed,
            LoadPart part,
            @Nullable LoadClock clock) {}

    /// What a request about a window says.
    ///
    /// @param attempt of `window-plan`: each leaves twice as much time as the one before
    /// @param plan of `window-arm`
    /// @param drainMillis of `window-end`
    record Window(int attempt, @Nullable WindowPlan plan, long drainMillis) {}

    /// What the process answers.
    ///
    /// @param clock to `prepare`, from the generator that publishes
    /// @param plan to `window-plan`
    /// @param isArmed to `window-arm`: whether it was in time; else true
    /// @param share to `window-end`
    /// @param packets to `packets`
    record Answer(
            boolean isOk,
            @Nullable String error,
            @Nullable LoadClock clock,
            @Nullable WindowPlan plan,
            boolean isArmed,
            @Nullable WindowShare share,
            long packets) {
        static final Answer OK = new Answer(true, null, null, null, true, null, 0);

        static Answer failed(String error) {
            return new Answer(false, error, null, null, false, null, 0);
        }

        static Answer of(LoadClock clock) {
            return new Answer(true, null, clock, null, true, null, 0);
        }

        static Answer of(WindowPlan plan) {
            return new Answer(true, null, null, plan, true, null, 0);
        }

        static Answer armed(boolean isInTime) {
            return new Answer(true, null, null, null, isInTime, null, 0);
        }

        static Answer of(long packets) {
            return new Answer(true, null, null, null, true, null, packets);
        }

        static Answer of(WindowShare share) {
            return new Answer(true, null, null, null, true, share, 0);
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
