package phasebench.scenarios;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A file that cannot be run. The message holds one line for each mistake, with file, line, key, value and
/// what is allowed.
public final class ScenarioFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    /// One thing that is wrong.
    ///
    /// @param line 1-based, or 0 when no line is to blame
    /// @param key the dotted path of the key to blame; null when it is the file as a whole
    /// @param message the whole sentence, place first
    public record Mistake(String file, int line, @Nullable String key, String message) {}

    ScenarioFileException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::message).collect(Collectors.joining(System.lineSeparator())));
        this.mistakes = List.copyOf(mistakes);
    }

    /// A problem with the file as a whole, or with its syntax; `line` 0 means that no line is to blame.
    static ScenarioFileException ofFile(String file, int line, String problem) {
        return new ScenarioFileException(List.of(new Mistake(file, line, null, place(file, line) + problem)));
    }

    /// A problem with one key; `allowed` may be empty where the problem says it all.
    static Mistake ofKey(String file, int line, String key, String problem, String allowed) {
        String message = place(file, line) + "key '" + key + "': " + problem;
        return new Mistake(file, line, key, allowed.isEmpty() ? message : message + "; allowed: " + allowed);
    }

    /// Everything that is wrong, in the order of the file.
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /// The file as it was named by the caller.
    public String file() {
        return mistakes.getFirst().file();
    }

    /// The 1-based line of the first mistake, or 0 when no line is to blame.
    public int line() {
        return mistakes.getFirst().line();
    }

    /// The dotted path of the first key to blame, such as `variants[1].settings.srtp`; null when it is the
    /// file as a whole.
    public @Nullable String key() {
        return mistakes.getFirst().key();
    }

    private static String place(String file, int line) {
        return line == 0 ? file + ": " : file + ":" + line + ": ";
    }

    /// `did you mean 'x'? ` for a near miss among the candidates, else nothing.
    static String didYouMean(String wrong, List<String> candidates) {
        return Spelling.nearest(wrong, candidates)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
    }
}
