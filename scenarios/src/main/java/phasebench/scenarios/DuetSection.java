package phasebench.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key `duet` of an experiment: launch pairs instead of rounds.
final class DuetSection {
    private static final List<String> KEYS = List.of(
            "pairs",
            "windows",
            "warmUpMax",
            "jitShareMax",
            "idlePairs",
            "idleWindows",
            "idleWindow",
            "soloEvery",
            "swapCores",
            "against");

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private DuetSection() {}

    /// Null where the file asks for no launch pairs.
    static @Nullable DuetSpec read(Section experiment) throws ScenarioFileException {
        if (!experiment.has("duet")) {
            return null;
        }
        Section duet = experiment.section("duet", KEYS);
        int pairs = (int) duet.integer("pairs", 1, 1000);
        int windows = duet.integer("windows", 1, 100, DuetSpec.WINDOWS);
        Duration warmUpMax =
                duet.has("warmUpMax") ? duet.duration("warmUpMax", Duration.ZERO, LONGEST) : DuetSpec.WARM_UP_MAX;
        double jitShareMax = duet.share("jitShareMax", DuetSpec.JIT_SHARE_MAX);
        DuetSpec.Idle idle = idle(duet);
        DuetSpec.Controls controls = new DuetSpec.Controls(
                duet.integer("soloEvery", 0, 1000, DuetSpec.Controls.NONE.soloEvery()),
                duet.flag("swapCores", DuetSpec.Controls.NONE.swapCores()));
        List<DuetSpec.Against> against = against(duet, experiment.has("ladder"));
        return duet.construct(() -> new DuetSpec(pairs, windows, warmUpMax, jitShareMax, idle, controls, against));
    }

    private static DuetSpec.Idle idle(Section duet) {
        DuetSpec.Idle none = DuetSpec.Idle.NONE;
        int pairs = duet.integer("idlePairs", 0, 1000, none.pairs());
        for (String key : List.of("idleWindows", "idleWindow")) {
            if (duet.has(key) && !duet.has("idlePairs")) {
                duet.problem(key, "stands without idlePairs", "idlePairs beside it");
            }
        }
        Duration window =
                duet.has("idleWindow") ? duet.duration("idleWindow", Duration.ofMillis(100), LONGEST) : none.window();
        return new DuetSpec.Idle(pairs, duet.integer("idleWindows", 1, 100, none.windows()), window);
    }

    private static List<DuetSpec.Against> against(Section duet, boolean isLadder) {
        List<DuetSpec.Against> all = List.of(DuetSpec.Against.values());
        if (!duet.has("against")) {
            return all;
        }
        String allowed = "a list of parent, start";
        if (!isLadder) {
            duet.problem("against", "stands in an experiment without a ladder", "a ladder beside duet");
            return all;
        }
        List<DuetSpec.Against> chosen = new ArrayList<>();
        for (String word : duet.texts("against", allowed)) {
            Arrays.stream(DuetSpec.Against.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .ifPresentOrElse(
                            chosen::add, () -> duet.problem("against", Section.valueOf(word) + " is unknown", allowed));
        }
        if (chosen.isEmpty()) {
            duet.problem("against", "names nothing", allowed);
            return all;
        }
        return chosen.stream().distinct().toList();
    }
}
