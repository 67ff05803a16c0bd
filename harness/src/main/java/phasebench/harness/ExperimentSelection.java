package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.FileKind;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.PhaseLadder;
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
                    duet(spec));
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
        if (isProfilingOff) {
            command.add("--no-profile");
        }
        return command;
    }

    private List<Variant> chosen(ExperimentSpec spec) throws UsageException {
        if (variants.isEmpty()) {
            return spec.variants();
        }
        List<String> known = spec.variants().stream().map(Variant::id).toList();
        for (String id : variants) {
            if (!known.contains(id)) {
                throw new UsageException(
                        "--variants: value '" + id + "' is no variant of " + spec.name() + "; allowed: " + known);
            }
        }
        if (!variants.contains(spec.baseline())) {
            throw new UsageException("--variants: the baseline '" + spec.baseline() + "' has to be among " + variants);
        }
        return spec.variants().stream()
                .filter(variant -> variants.contains(variant.id()))
                .toList();
    }

    private Path file(Installation installation) throws UsageException {
        Path asGiven = Path.of(experiment);
        if (Files.isRegularFile(asGiven)) {
            return asGiven;
        }
        Path shipped = installation.scenarios().resolve(experiment + ".yaml");
        if (!experiment.contains("/") && Files.isRegularFile(shipped)) {
            return shipped;
        }
        throw new UsageException("value '%s' is neither a file nor the name of a shipped experiment; allowed: %s"
                .formatted(experiment, shippedNames(installation)));
    }

    /// Shipped files that are experiments; scenarios lie in the same folder.
    private static List<String> shippedNames(Installation installation) {
        try (Stream<Path> files = Files.list(installation.scenarios())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(ExperimentSelection::isExperiment)
                    .map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean isExperiment(Path file) {
        try {
            ExperimentFile.read(file);
            return true;
        } catch (ScenarioFileException _) {
            return false;
        }
    }
}
