package phasebench.scenarios;

import java.util.Locale;

/// What the plan says of a phase beside its claims.
///
/// @param item the plan's own number, such as `1-1`; empty for a phase beyond the plan
public record PlanEntry(String item, Risk risk, Rollback rollback, Level testNeed, Decision decision) {
    /// A closed scale; the plan does not always say.
    public enum Level implements Word {
        NOT_STATED,
        LOW,
        MEDIUM,
        HIGH,
        VERY_HIGH
    }

    /// How hard the way back is.
    public enum Ease implements Word {
        NOT_STATED,
        EASY,
        HARD
    }

    /// What the plan's author decided.
    public enum Decision implements Word {
        NOT_STATED,
        APPLIED,
        DO,
        DO_WITH_CARE,
        IF_SAFE,
        HOLD
    }

    /// @param text what could go wrong; may be empty
    public record Risk(Level level, String text) {}

    /// @param text what to do; may be empty
    public record Rollback(Ease ease, String text) {}

    /// A word of a closed list, written in files with small letters and hyphens.
    public interface Word {
        String name();

        default String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
