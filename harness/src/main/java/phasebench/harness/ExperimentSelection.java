package phasebench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.FileKind;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.RelayBuild;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.ScenarioFile;
import phasebench.scenarios.ScenarioFileException;
import phasebench.scenarios.Variant;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which experiment the user asked for, and what of it they changed on the command line.
final class ExperimentSelection {
    private static final String DEFAULT_EXPERIMENT = "first";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|NAME",
            description =
                    "an experiment's YAML file, or the name of a shipped one (default: " + DEFAULT_EXPERIMENT + ")")
    private String experiment = DEFAULT_EXPERIMENT;

    @Option(names = "--rounds", paramLabel = "N", description = "steady trials of each variant")
    private @Nullable Integer rounds;

    @Option(names = "--pairs", paramLabel = "N", description = "launch pairs of each variant with the baseline")
    private @Nullable Integer pairs;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the trial order and of everything random")
    private @Nullable Long seed;

    @Option(
            names = "--variants",
            paramLabel = "ID",
            split = ",",
            description = "only these variants, the baseline among them")
    private List<String> variants = List.of();

    @Option(names = "--no-profile", description = "no profiled trials")
    private boolean isProfilingOff;

    @Option(
            names = "--build",
            paramLabel = "VARIANT=BUILD",
            description = "the relay that a variant runs: " + RelayBuild.ALLOWED)
    private Map<String, String> builds = Map.of();

    /// The choice of a gate.
    ///
    /// @param pairs launch pairs; null for as many as the file says
    /// @param variants the baseline among them; none for all
    static ExperimentSelection of(
            Path file, @Nullable Integer pairs, List<String> variants, Map<String, String> builds) {
        ExperimentSelection selection = new ExperimentSelection();
        selection.experiment = file.toString();
        selection.pairs = pairs;
        selection.variants = variants;
        selection.builds = builds;
        return selection;
    }

    /// The experiment with the changes of the command line.
    ///
    /// @throws ScenarioFileException if the file is wrong
    /// @throws UsageException if there is no such file, or the changes do not fit it
    ExperimentFile.Content resolve(Installation installation) throws ScenarioFileException, UsageException {
        ExperimentFile.Content content = ExperimentFile.readAll(file(installation));
        ExperimentSpec spec = content.spec();
        try {
            ExperimentSpec changed = new ExperimentSpec(
                    spec.name(),
                    spec.description(),
                    spec.scenario(),
                    spec.baseline(),
                    chosen(spec),
                    rounds == null ? spec.rounds() : rounds,
                    spec.profiled() && !isProfilingOff,
                    seed == null ? spec.seed() : seed,
                    spec.repeatsMax(),
                    duet(spec),
                    spec.viewerCounts());
            return new ExperimentFile.Content(changed, content.ladder());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The phases of the file, if it is one of phases and no experiment.
    Optional<PhaseLadder> phases(Installation installation) throws ScenarioFileException, UsageException {
        Path file = file(installation);
        return FileKind.of(file).equals(Optional.of(FileKind.PHASES))
                ? Optional.of(PhaseFile.read(file))
                : Optional.empty();
    }

    /// The scenario of the file, if it is one and no experiment.
    Optional<Scenario> scenario(Installation installation) throws ScenarioFileException, UsageException {
        Path file = file(installation);
        return FileKind.of(file).equals(Optional.of(FileKind.SCENARIO))
                ? Optional.of(ScenarioFile.read(file))
                : Optional.empty();
    }

    /// The seed of the command line, or what stands in for one where a file has none.
    long seedOr(long otherwise) {
        return seed == null ? otherwise : seed;
    }

    /// Whether the command line says nothing of the experiment.
    boolean isUntouched() {
        return experiment.equals(DEFAULT_EXPERIMENT)
                && rounds == null
                && pairs == null
                && seed == null
                && variants.isEmpty()
                && builds.isEmpty()
                && !isProfilingOff;
    }

    private @Nullable DuetSpec duet(ExperimentSpec spec) throws UsageException {
        DuetSpec duet = spec.duet();
        if (duet == null && pairs != null) {
            throw new UsageException("--pairs: experiment " + spec.name() + " has no launch pairs; allowed: --rounds");
        }
        if (duet != null && rounds != null && spec.rounds() == 0) {
            throw new UsageException("--rounds: experiment " + spec.name() + " has launch pairs; allowed: --pairs");
        }
        return duet == null || pairs == null ? duet : duet.withPairs(pairs);
    }

    /// The command line that repeats the experiment, from the project's top folder.
    List<String> repeatCommand(Installation installation, ExperimentSpec spec) throws UsageException {
        Path file = file(installation).toAbsolutePath().normalize();
        Path shown = file.startsWith(installation.home()) ? installation.home().relativize(file) : file;
        DuetSpec duet = spec.duet();
        List<String> command = new ArrayList<>(List.of(
                "scripts/phasebench",
                "run",
                shown.toString(),
                duet == null ? "--rounds" : "--pairs",
                Integer.toString(duet == null ? spec.rounds() : duet.pairs()),
                "--seed",
                Long.toString(spec.seed())));
        if (duet != null && spec.rounds() > 0) {
            command.addAll(List.of("--rounds", Integer.toString(spec.rounds())));
        }
        if (!variants.isEmpty()) {
            command.addAll(List.of("--variants", String.join(",", variants)));
        }
        builds.forEach((variant, build) -> command.addAll(List.of("--build", variant + "=" + build)));
        if (isProfilingOff) {
            command.add("--no-profile");
        }
        return command;
    }

    private List<Variant> chosen(ExperimentSpec spec) throws UsageException {
        List<String> known = spec.variants().stream().map(Variant::id).toList();
        List<Variant> all = built(spec.variants(), known);
        if (variants.isEmpty()) {
            return all;
        }
        for (String id : variants) {
            if (!known.contains(id)) {
                throw new UsageException(
                        "--variants: value '" + id + "' is no variant of " + spec.name() + "; allowed: " + known);
            }
        }
        if (!variants.contains(spec.baseline())) {
            throw new UsageException("--variants: the baseline '" + spec.baseline() + "' has to be among " + variants);
        }
        return all.stream().filter(variant -> variants.contains(variant.id())).toList();
    }

    private List<Variant> built(List<Variant> asInFile, List<String> known) throws UsageException {
        List<Variant> changed = new ArrayList<>(asInFile);
        for (Map.Entry<String, String> wanted : builds.entrySet()) {
            int index = known.indexOf(wanted.getKey());
            if (index < 0) {
                throw new UsageException("--build: value '%s' is no variant; allowed: %s"
                        .formatted(wanted.getKey(), String.join(", ", known)));
            }
            RelayBuild build = RelayBuild.parse(wanted.getValue())
                    .orElseThrow(() -> new UsageException("--build: value '%s' is no build; allowed: %s"
                            .formatted(wanted.getValue(), RelayBuild.ALLOWED)));
            changed.set(index, asInFile.get(index).withBuild(build));
        }
        return changed;
    }

    private Path file(Installation installation) throws UsageException {
        return ShippedFile.find(installation, experiment, FileKind.EXPERIMENT);
    }
}
