package phasebench.scenarios;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The key `ladder` of an experiment: a file of phases beside it, whole or up to one phase.
final class LadderChoice {
    private LadderChoice() {}

    /// Empty when the experiment has no ladder, or one that cannot be read, after a complaint.
    static Optional<PhaseLadder> read(Section experiment, Path experimentFile) {
        if (!experiment.has("ladder")) {
            return Optional.empty();
        }
        boolean isPart = experiment.isMapping("ladder");
        Section place = isPart ? experiment.section("ladder", List.of("file", "upTo")) : experiment;
        String key = isPart ? "file" : "ladder";
        String name = place.text(key);
        Path file = experimentFile.resolveSibling(name);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !Files.isRegularFile(file)) {
            place.problem(key, Section.valueOf(name) + " is no file", "a file of kind phases in the same folder");
            return Optional.empty();
        }
        try {
            PhaseLadder ladder = PhaseFile.read(file);
            if (!isPart) {
                return Optional.of(ladder);
            }
            List<String> ids =
                    ladder.phases().stream().map(OptimizationPhase::id).toList();
            return Optional.of(ladder.upTo(place.choice("upTo", ids)));
        } catch (ScenarioFileException e) {
            experiment.mistakes().addAll(e);
            return Optional.empty();
        }
    }
}
