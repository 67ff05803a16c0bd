package phasebench.scenarios;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scenario or experiment file that cannot be run; the message names file, line, key, value and what is allowed.
public final class ScenarioFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;
    private final @Nullable String key;

    private ScenarioFileException(String file, int line, @Nullable String key, String message) {
        super(message);
        this.file = file;
        this.line = line;
        this.key = key;
    }

    /// A problem with the file as a whole, or with its syntax; `line` 0 means that no line is to blame.
    static ScenarioFileException ofFile(String file, int line, String problem) {
        return new ScenarioFileException(file, line, null, place(file, line) + problem);
    }

    /// A problem with one key; `allowed` may be empty where the problem says it all.
    static ScenarioFileException ofKey(String file, int line, String key, String problem, String allowed) {
        String message = place(file, line) + "key '" + key + "': " + problem;
        return new ScenarioFileException(
                file, line, key, allowed.isEmpty() ? message : message + "; allowed: " + allowed);
    }

    /// The file as it was named by the caller.
    public String file() {
        return file;
    }

    /// The 1-based line, or 0 when no line is to blame.
    public int line() {
        return line;
    }

    /// The dotted path of the key to blame, such as `variants[1].settings.srtp`; null when it is the file as a whole.
    public @Nullable String key() {
        return key;
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
