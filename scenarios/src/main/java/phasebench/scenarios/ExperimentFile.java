package phasebench.scenarios;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a file of `kind: experiment` or `kind: calibration`, together with the scenario that it names.
public final class ExperimentFile {
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
            "ladder",
            "rounds",
            "duet",
            "viewerCounts",
            "profiled",
            "seed",
            "repeatsMax");

    private static final List<String> VARIANT_KEYS =
            List.of("id", "description", "settings", "jvmFlags", RelayPlant.KEY, "build", "jdk");

    /// Stands for the stages of a scenario that could not be read, while the rest of the file is.
    private static final TrialTiming ANY_TIMING =
            new TrialTiming(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);

    private ExperimentFile() {}

    /// What the file says, and the phases that its variants are taken from.
    ///
    /// @param ladder the part of the ladder that the experiment walks; null when it has variants of its own
    public record Content(ExperimentSpec spec, @Nullable PhaseLadder ladder) {}

    /// Throws when a file is missing, is no experiment, or describes one that cannot be run; names all
    /// mistakes at once.
    public static ExperimentSpec read(Path path) throws ScenarioFileException {
        return readAll(path).spec();
    }

    /// Like [#read], with the phases.
    public static Content readAll(Path path) throws ScenarioFileException {
        FileKind kind = FileKind.of(path).filter(FileKind.CALIBRATION::equals).orElse(FileKind.EXPERIMENT);
        Section section = kind.read(path, KEYS);
        Mistakes mistakes = section.mistakes();
        String name = section.matching("name", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
        String description = section.text("description", name);
        Optional<Scenario> scenario = scenario(section, path);
        Optional<TrialTiming> timing = timing(section, scenario);
        int mistakesBefore = mistakes.count();
        Optional<PhaseLadder> ladder = LadderChoice.read(section, path);
        List<Variant> variants = variants(section, ladder, kind);
        boolean areVariantsRight = mistakes.count() == mistakesBefore;
        String baseline = baseline(section, variants, areVariantsRight);
        DuetSpec duet = DuetSection.read(section);
        int rounds = duet != null && !section.has("rounds") ? 0 : (int) section.integer("rounds", 1, 1000);
        boolean profiled = section.flag("profiled", false);
        if (profiled && scenario.isPresent() && scenario.get().shape() instanceof LoadShape.Climb) {
            section.problem("profiled", "stands beside a climb, whose trials have many windows", "false");
        }
        long seed = section.integer("seed", 0, Long.MAX_VALUE);
        int repeatsMax = section.integer("repeatsMax", 0, 1000, REPEATS_MAX);
        List<Integer> viewerCounts = ViewerCounts.read(section);
        mistakes.throwIfAny();
        Scenario offered =
                ViewerCounts.offered(withTiming(section, scenario.orElseThrow(), timing.orElseThrow()), viewerCounts);
        ExperimentSpec spec = section.construct(() -> new ExperimentSpec(
                name,
                description,
                offered,
                baseline,
                variants,
                rounds,
                profiled,
                seed,
                repeatsMax,
                duet,
                viewerCounts));
        return new Content(spec, ladder.orElse(null));
    }

    /// Stages of the experiment's own may leave no room for the scenario's joins and leaves.
    private static Scenario withTiming(Section section, Scenario scenario, TrialTiming timing)
            throws ScenarioFileException {
        try {
            return scenario.withTiming(timing);
        } catch (IllegalArgumentException e) {
            section.problem("timing", "does not fit the scenario: " + e.getMessage(), "a longer window");
            throw section.mistakes().asException();
        }
    }

    /// That of a ladder is its start unless the file says otherwise. Wrong variants are no reason to complain
    /// about the baseline as well.
    private static String baseline(Section section, List<Variant> variants, boolean areVariantsRight) {
        if (section.has("ladder") && !section.has("baseline")) {
            return variants.isEmpty() ? "" : variants.getFirst().id();
        }
        return areVariantsRight
                ? section.choice("baseline", variants.stream().map(Variant::id).toList())
                : section.text("baseline");
    }

    /// Empty when it cannot be read, after a complaint.
    private static Optional<Scenario> scenario(Section section, Path path) {
        try {
            if (section.isMapping("scenario")) {
                return Optional.of(ScenarioFile.read(ScenarioFile.inline(section)));
            }
            int mistakesBefore = section.mistakes().count();
            String name = section.matching("scenario", ScenarioFile.NAME, "a scenario, or the name of a scenario file");
            if (section.mistakes().count() > mistakesBefore) {
                return Optional.empty();
            }
            Path file = path.resolveSibling(name + ".yaml");
            if (Files.isRegularFile(file)) {
                return Optional.of(ScenarioFile.read(file));
            }
            List<String> beside = scenariosBeside(path);
            String problem = "value '%s' names no scenario: there is no file %s%s"
                    .formatted(name, file, ScenarioFileException.didYouMean(name, beside));
            section.problem("scenario", problem, String.join(", ", beside));
        } catch (ScenarioFileException e) {
            section.mistakes().addAll(e);
        }
        return Optional.empty();
    }

    private static List<String> scenariosBeside(Path path) {
        List<String> names = new ArrayList<>();
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : files) {
                if (FileKind.of(file).equals(Optional.of(FileKind.SCENARIO))) {
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

    /// The stages that the experiment's own `timing` names, the others from its scenario; empty without one.
    private static Optional<TrialTiming> timing(Section section, Optional<Scenario> scenario) {
        Optional<TrialTiming> offered = scenario.map(Scenario::timing);
        if (!section.has("timing")) {
            return offered;
        }
        TrialTiming stages = offered.orElse(ANY_TIMING);
        return Optional.of(TimingSection.override(stages, section.section("timing", TimingSection.KEYS)));
    }

    /// Those of the ladder, or those of the file.
    private static List<Variant> variants(Section section, Optional<PhaseLadder> ladder, FileKind kind)
            throws ScenarioFileException {
        if (section.has("ladder")) {
            if (section.has("variants")) {
                section.problem("variants", "stands beside a ladder, which makes the variants", "either of the two");
            }
            return ladder.map(PhaseLadder::variants).orElse(List.of());
        }
        List<Variant> variants = new ArrayList<>();
        for (Section variant : section.sections("variants", "variant", VARIANT_KEYS)) {
            String id = variant.matching("id", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
            if (variants.stream().anyMatch(earlier -> earlier.id().equals(id))) {
                variant.problem("id", "value '" + id + "' is the id of an earlier variant", "an id of its own");
            }
            String description = variant.text("description", id);
            Map<String, String> settings = RelaySetting.read(variant, "settings");
            List<String> jvmFlags = jvmFlags(variant);
            RelayBuild build = build(variant);
            String jdk = variant.has("jdk") ? beside(variant, variant.text("jdk")) : null;
            Map<String, String> plant = RelayPlant.read(variant, kind);
            variants.add(variant.construct(() -> new Variant(id, description, settings, jvmFlags, plant, build, jdk)));
        }
        return variants;
    }

    private static RelayBuild build(Section variant) {
        if (!variant.has("build")) {
            return RelayBuild.PROJECT;
        }
        int mistakesBefore = variant.mistakes().count();
        String text = variant.text("build");
        Optional<RelayBuild> build = RelayBuild.parse(text);
        if (build.isEmpty() && variant.mistakes().count() == mistakesBefore) {
            variant.problem("build", Section.valueOf(text) + " is no build", RelayBuild.ALLOWED);
        }
        return build.map(found -> found.kind() == RelayBuild.Kind.JAR
                        ? new RelayBuild(RelayBuild.Kind.JAR, beside(variant, found.where()))
                        : found)
                .orElse(RelayBuild.PROJECT);
    }

    /// A path in a file is meant from where the file is.
    private static String beside(Section section, String path) {
        return Path.of(section.file())
                .toAbsolutePath()
                .resolveSibling(path)
                .normalize()
                .toString();
    }

    private static List<String> jvmFlags(Section variant) {
        String allowed = "a list of JVM flags, each beginning with -X, -XX: or -D";
        List<String> flags = variant.texts("jvmFlags", allowed);
        for (String flag : flags) {
            if (!flag.matches("-(X[^X\\s]|XX:[+-]?\\w|D\\w)\\S*")) {
                variant.problem("jvmFlags", Section.valueOf(flag) + " is not a flag", allowed);
            }
        }
        return flags;
    }
}
