package phasebench.scenarios;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The mistakes found in a file so far: reading goes on behind each of them, so that the user hears of all at
/// once.
final class Mistakes {
    private final List<ScenarioFileException.Mistake> found = new ArrayList<>();

    /// The first complaint about a key is the one that counts; what follows from it would only distract.
    void add(ScenarioFileException.Mistake mistake) {
        boolean isKnown = mistake.key() != null
                && found.stream()
                        .anyMatch(earlier -> earlier.file().equals(mistake.file())
                                && earlier.line() == mistake.line()
                                && Objects.equals(earlier.key(), mistake.key()));
        if (!isKnown) {
            found.add(mistake);
        }
    }

    /// Those of another file that this one names.
    void addAll(ScenarioFileException other) {
        other.mistakes().forEach(this::add);
    }

    int count() {
        return found.size();
    }

    /// Throws all mistakes, in file order, if there are any.
    void throwIfAny() throws ScenarioFileException {
        if (!found.isEmpty()) {
            throw asException();
        }
    }

    /// All mistakes as one exception; there must be one.
    ScenarioFileException asException() {
        String first = found.getFirst().file();
        List<ScenarioFileException.Mistake> sorted = new ArrayList<>(found);
        // stable, so that mistakes of other files keep their own order behind those of the file itself
        sorted.sort(Comparator.comparing((ScenarioFileException.Mistake mistake) ->
                        !mistake.file().equals(first))
                .thenComparing(ScenarioFileException.Mistake::file)
                .thenComparingInt(ScenarioFileException.Mistake::line));
        return new ScenarioFileException(sorted);
    }
}
