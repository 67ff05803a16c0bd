package phasebench.scenarios;

import java.time.Duration;
import java.util.List;

/// Reads `timing`: that of a scenario whole, that of an experiment where it replaces its scenario's.
final class TimingSection {
    static final List<String> KEYS = List.of("ramp", "warmUp", "window", "drain", "warmUpMax", "jitShareMax");
    static final Duration STAGE_MAX = Duration.ofHours(1);

    private static final Duration WINDOW_MIN = Duration.ofMillis(500);

    private TimingSection() {}

    static TrialTiming read(Section section) {
        Duration ramp = stage(section, "ramp");
        Duration warmUp = stage(section, "warmUp");
        Duration window = window(section);
        Duration drain = stage(section, "drain");
        Duration warmUpMax = warmUpMax(section, warmUp, warmUp);
        return new TrialTiming(
                ramp,
                warmUp,
                window,
                drain,
                warmUpMax,
                jitShareMax(section, TrialTiming.JIT_SHARE_MAX, warmUp, warmUpMax));
    }

    /// The stages of `stages`, replaced where the section names them. A least warm-up that is replaced alone keeps the
    /// longest one, as far as it is longer.
    static TrialTiming override(TrialTiming stages, Section section) {
        Duration warmUp = section.has("warmUp") ? stage(section, "warmUp") : stages.warmUp();
        boolean isLongestKept =
                stages.isWarmUpByCriterion() && stages.warmUpMax().compareTo(warmUp) > 0;
        Duration warmUpMax = warmUpMax(section, warmUp, isLongestKept ? stages.warmUpMax() : warmUp);
        return new TrialTiming(
                section.has("ramp") ? stage(section, "ramp") : stages.ramp(),
                warmUp,
                section.has("window") ? window(section) : stages.window(),
                section.has("drain") ? stage(section, "drain") : stages.drain(),
                warmUpMax,
                jitShareMax(section, stages.jitShareMax(), warmUp, warmUpMax));
    }

    static Duration stage(Section section, String key) {
        return section.duration(key, Duration.ZERO, STAGE_MAX);
    }

    private static Duration window(Section section) {
        return section.duration("window", WINDOW_MIN, STAGE_MAX);
    }

    private static Duration warmUpMax(Section section, Duration warmUp, Duration fallback) {
        return section.has("warmUpMax") ? section.duration("warmUpMax", warmUp, STAGE_MAX) : fallback;
    }

    private static double jitShareMax(Section section, double fallback, Duration warmUp, Duration warmUpMax) {
        if (section.has("jitShareMax") && !section.has("warmUpMax") && warmUpMax.equals(warmUp)) {
            section.problem(
                    "jitShareMax",
                    "decides nothing, because the warm-up has a fixed length",
                    "together with warmUpMax");
        }
        return section.share("jitShareMax", fallback);
    }
}
