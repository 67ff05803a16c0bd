package phasebench.scenarios;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a file of `kind: experiment`, together with the scenario that it names.
public final class ExperimentFile {
    static final String KIND = "experiment";

    /// Trials that may be run again when the file does not say.
    public static final int REPEATS_MAX = 3;

    private static final List<String> KEYS = List.of(
            "kind",
            "name",
            "description",
            "scenario",
            "timing",
            "baseline",
            "variants",
            "rounds",
            "duet",
            "profiled",
            "seed",
            "repeatsMax");

    private ExperimentFile() {}

    /// Throws when a file is missing, is no experiment, or describes one that cannot be run.
    public static ExperimentSpec read(Path path) throws ScenarioFileException {
        YamlNode.Mapping top = YamlDocument.read(path);
        Section section = Section.of(path.toString(), "", top, knownKeys(top));
        if (!section.choice("kind", List.of(KIND, ScenarioFile.KIND)).equals(KIND)) {
            String problem = Section.valueOf(ScenarioFile.KIND) + " where an experiment is expected";
            throw section.problem("kind", problem, KIND + " (an experiment names its scenario)");
        }
        String name = section.matching("name", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
        String description = section.text("description");
        Scenario scenario = withTiming(scenario(section, path), section);
        List<Variant> variants = variants(section);
        String baseline =
                section.choice("baseline", variants.stream().map(Variant::id).toList());
        DuetSpec duet = duet(section);
        int rounds = duet != null && !section.has("rounds") ? 0 : (int) section.integer("rounds", 1, 1000);
        boolean profiled = section.flag("profiled", false);
        long seed = section.integer("seed", 0, Long.MAX_VALUE);
        int repeatsMax = section.integer("repeatsMax", 0, 1000, REPEATS_MAX);
        return section.construct(() -> new ExperimentSpec(
                name, description, scenario, baseline, variants, rounds, profiled, seed, repeatsMax, duet));
    }

    /// Launch pairs, where the file asks for them instead of rounds.
    private static @Nullable DuetSpec duet(Section section) throws ScenarioFileException {
        if (!section.has("duet")) {
            return null;
        }
        Section duet = section.section("duet", List.of("pairs", "windows", "warmUpMax", "jitShareMax"));
        int pairs = (int) duet.integer("pairs", 1, 1000);
        int windows = duet.integer("windows", 1, 100, DuetSpec.WINDOWS);
        Duration warmUpMax = duet.has("warmUpMax")
                ? duet.duration("warmUpMax", Duration.ZERO, Duration.ofMinutes(10))
                : DuetSpec.WARM_UP_MAX;
        double jitShareMax = duet.share("jitShareMax", DuetSpec.JIT_SHARE_MAX);
        return duet.construct(() -> new DuetSpec(pairs, windows, warmUpMax, jitShareMax));
    }

    /// A file of another kind is refused for its kind, not for the first key that only its own kind has.
    private static List<String> knownKeys(YamlNode.Mapping top) {
        YamlNode.Entry kind = top.entries().get("kind");
        boolean isOther = kind == null
                || !(kind.value() instanceof YamlNode.Scalar scalar
                        && scalar.text().equals(KIND));
        return isOther ? List.copyOf(top.entries().keySet()) : KEYS;
    }

    private static Scenario scenario(Section section, Path path) throws ScenarioFileException {
        if (section.isMapping("scenario")) {
            return ScenarioFile.read(ScenarioFile.inline(section));
        }
        String name = section.matching("scenario", ScenarioFile.NAME, "a scenario, or the name of a scenario file");
        Path file = path.resolveSibling(name + ".yaml");
        if (!Files.isRegularFile(file)) {
            List<String> beside = scenariosBeside(path);
            String problem = "value '%s' names no scenario: there is no file %s%s"
                    .formatted(name, file, ScenarioFileException.didYouMean(name, beside));
            throw section.problem("scenario", problem, String.join(", ", beside));
        }
        return ScenarioFile.read(file);
    }

    private static List<String> scenariosBeside(Path path) {
        List<String> names = new ArrayList<>();
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : files) {
                if (isScenario(file)) {
                    String fileName = file.getFileName().toString();
                    names.add(fileName.substring(0, fileName.length() - ".yaml".length()));
                }
            }
        } catch (IOException _) {
            // the list only helps to correct the name; the complaint itself does not depend on it
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private static boolean isScenario(Path file) {
        try {
            YamlNode.Entry kind = YamlDocument.read(file).entries().get("kind");
            return kind != null
                    && kind.value() instanceof YamlNode.Scalar scalar
                    && scalar.text().equals(ScenarioFile.KIND);
        } catch (ScenarioFileException _) {
            return false;
        }
    }

    private static Scenario withTiming(Scenario scenario, Section section) throws ScenarioFileException {
        if (!section.has("timing")) {
            return scenario;
        }
        TrialTiming timing =
                ScenarioFile.override(scenario.timing(), section.section("timing", ScenarioFile.TIMING_KEYS));
        return new Scenario(
                scenario.name(),
                scenario.description(),
                scenario.streams(),
                scenario.viewers(),
                scenario.drive(),
                timing);
    }

    private static List<Variant> variants(Section section) throws ScenarioFileException {
        List<Variant> variants = new ArrayList<>();
        for (Section variant :
                section.sections("variants", "variant", List.of("id", "description", "settings", "jvmFlags"))) {
            String id = variant.matching("id", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
            if (variants.stream().anyMatch(earlier -> earlier.id().equals(id))) {
                throw variant.problem("id", "value '" + id + "' is the id of an earlier variant", "an id of its own");
            }
            String description = variant.text("description");
            Map<String, String> settings = settings(variant);
            List<String> jvmFlags = jvmFlags(variant);
            variants.add(variant.construct(() -> new Variant(id, description, settings, jvmFlags)));
        }
        return variants;
    }

    private static Map<String, String> settings(Section variant) throws ScenarioFileException {
        if (!variant.has("settings")) {
            return Map.of();
        }
        Section section = variant.section("settings", RelaySetting.keys());
        Map<String, String> settings = section.allTexts("a relay setting");
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            RelaySetting setting = RelaySetting.byKey(entry.getKey()).orElseThrow();
            if (!setting.allows(entry.getValue())) {
                String problem = Section.valueOf(entry.getValue()) + " is not one that the relay takes";
                throw section.problem(entry.getKey(), problem, setting.allowed());
            }
        }
        return settings;
    }

    private static List<String> jvmFlags(Section variant) throws ScenarioFileException {
        String allowed = "a list of JVM flags, each beginning with '-'";
        List<String> flags = variant.texts("jvmFlags", allowed);
        for (String flag : flags) {
            if (!flag.matches("-\\S+")) {
                throw variant.problem("jvmFlags", Section.valueOf(flag) + " is not a flag", allowed);
            }
        }
        return flags;
    }
}
