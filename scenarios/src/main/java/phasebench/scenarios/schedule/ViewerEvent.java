package phasebench.scenarios.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// One viewer comes or goes.
///
/// @param at from the begin of the stage
/// @param viewer index of the viewer; nobody has the index of one who left
public record ViewerEvent(Stage stage, Duration at, Kind kind, int viewer) {
    /// The stage that an event belongs to: how long it takes until a window begins nobody knows before.
    public enum Stage {
        RAMP,
        WINDOW
    }

    /// What happens.
    public enum Kind {
        JOIN,
        LEAVE
    }

    public ViewerEvent {
        requireNonNull(stage, "stage is null");
        requireNonNull(kind, "kind is null");
        if (requireNonNull(at, "at is null").isNegative()) {
            throw new IllegalArgumentException("at is negative: " + at);
        }
        if (viewer < 0) {
            throw new IllegalArgumentException("viewer is negative: " + viewer);
        }
    }
}
