package phasebench.scenarios;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a file says that it holds, in its key `kind`.
public enum FileKind {
    EXPERIMENT("an experiment", " (an experiment names its scenario)"),
    SCENARIO("a scenario", ""),
    PHASES("a file of phases", ""),
    GATE("a gate policy", ""),
    /// An experiment whose variants may have changes planted in their relays ([RelayPlant]).
    CALIBRATION("a calibration", "");

    private final String inWords;
    private final String hint;

    FileKind(String inWords, String hint) {
        this.inWords = inWords;
        this.hint = hint;
    }

    /// The word in files.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a file says of itself, however wrong the rest of it may be; empty if it says nothing that is
    /// known.
    public static Optional<FileKind> of(Path path) {
        try {
            YamlNode.Entry kind =
                    YamlDocument.read(path, new Mistakes()).entries().get("kind");
            return kind != null && kind.value() instanceof YamlNode.Scalar scalar
                    ? Arrays.stream(values())
                            .filter(value -> value.word().equals(scalar.text()))
                            .findFirst()
                    : Optional.empty();
        } catch (ScenarioFileException _) {
            return Optional.empty();
        }
    }

    /// The top of a file of this kind. A file of another kind is refused for its kind, and not for the keys
    /// that only its own kind has.
    Section read(Path path, List<String> known) throws ScenarioFileException {
        Mistakes mistakes = new Mistakes();
        YamlNode.Mapping top = YamlDocument.read(path, mistakes);
        Section any =
                Section.of(path.toString(), "", top, List.copyOf(top.entries().keySet()), mistakes);
        int before = mistakes.count();
        String found =
                any.choice("kind", Arrays.stream(values()).map(FileKind::word).toList());
        boolean isNamed = mistakes.count() == before;
        if (isNamed && !found.equals(word())) {
            any.problem("kind", Section.valueOf(found) + " where " + inWords + " is expected", word() + hint);
        }
        if (mistakes.count() > before) {
            throw mistakes.asException();
        }
        return Section.of(path.toString(), "", top, known, mistakes);
    }
}
