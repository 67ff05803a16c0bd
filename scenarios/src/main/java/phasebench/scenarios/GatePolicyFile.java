package phasebench.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a file of `kind: gate`.
public final class GatePolicyFile {
    private static final List<String> KEYS = List.of(
            "kind",
            "name",
            "description",
            "experiment",
            "rules",
            "confidence",
            "variants",
            "pairsMin",
            "whenInconclusive",
            "claims",
            "timeout");

    private static final double CONFIDENCE = 0.95;
    private static final int PAIRS_MIN = 10;
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration TIMEOUT_MAX = Duration.ofHours(24);

    private GatePolicyFile() {}

    /// Throws when the file is missing, is no policy, or one that would let everything pass; names all mistakes at
    /// once.
    public static GatePolicy read(Path path) throws ScenarioFileException {
        Section top = FileKind.GATE.read(path, KEYS);
        String name = top.matching("name", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
        String description = top.text("description", name);
        String experiment = top.has("experiment")
                ? top.matching("experiment", ScenarioFile.NAME, "the name of an experiment's file beside this one")
                : null;
        List<GatePolicy.Rule> rules = rules(top);
        double confidence = top.share("confidence", CONFIDENCE);
        if (!(confidence >= 0.5 && confidence < 1)) {
            top.problem("confidence", "value '" + confidence + "' is out of range", "from 50% to less than 100%");
        }
        List<String> variants = top.texts("variants", "a list of the ids of variants");
        int pairsMin = top.integer("pairsMin", 2, 1000, PAIRS_MIN);
        GatePolicy.WhenInconclusive whenInconclusive = top.has("whenInconclusive")
                ? top.choice(
                        "whenInconclusive",
                        Arrays.asList(GatePolicy.WhenInconclusive.values()),
                        GatePolicy.WhenInconclusive::word)
                : GatePolicy.WhenInconclusive.FAIL;
        GatePolicy.Claims claims = top.has("claims")
                ? top.choice("claims", Arrays.asList(GatePolicy.Claims.values()), GatePolicy.Claims::word)
                : GatePolicy.Claims.IGNORE;
        Duration timeout = top.has("timeout") ? top.duration("timeout", Duration.ofSeconds(1), TIMEOUT_MAX) : TIMEOUT;
        top.mistakes().throwIfAny();
        return top.construct(() -> new GatePolicy(
                name,
                description,
                experiment,
                rules,
                confidence,
                variants,
                pairsMin,
                whenInconclusive,
                claims,
                timeout));
    }

    private static List<GatePolicy.Rule> rules(Section top) throws ScenarioFileException {
        List<GatePolicy.Rule> rules = new ArrayList<>();
        Set<GateMetric> metrics = new HashSet<>();
        for (Section rule : top.sections("rules", "rule", List.of("metric", "margin"))) {
            GateMetric metric = rule.choice("metric", Arrays.asList(GateMetric.values()), GateMetric::id);
            if (!metrics.add(metric)) {
                rule.problem("metric", "value '" + metric.id() + "' has an earlier rule", "one rule for each metric");
            }
            double margin = margin(rule);
            rules.add(rule.construct(() -> new GatePolicy.Rule(metric, margin)));
        }
        return rules;
    }

    private static double margin(Section rule) {
        String allowed = "a share above 0 and below 1, such as 0.02 or 2%";
        int mistakesBefore = rule.mistakes().count();
        if (!rule.has("margin")) {
            rule.problem("margin", "is missing", allowed);
            return CONFIDENCE;
        }
        double margin = rule.share("margin", CONFIDENCE);
        if (rule.mistakes().count() == mistakesBefore && !(margin > 0 && margin < 1)) {
            rule.problem("margin", "value '" + rule.text("margin") + "' is out of range", allowed);
            return CONFIDENCE;
        }
        return margin;
    }
}
