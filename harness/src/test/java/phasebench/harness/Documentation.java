package phasebench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The documents at the top of the repository, and what they refer to.
final class Documentation {
    static final Path HOME = Path.of(System.getProperty("phasebench.home"));
    static final List<String> DOCUMENTS = List.of("README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)`(scripts/[^`\\n]+)`|^(scripts/.+)$");

    private Documentation() {}

    /// Paths inside the repository that a document links to.
    static Stream<String> links(String document) {
        return LINK.matcher(read(document)).results().map(link -> link.group(1));
    }

    /// Commands that a document tells its reader to type, without duplicates.
    static Stream<String> commands(String document) {
        return COMMAND.matcher(read(document))
                .results()
                .map(Documentation::command)
                .distinct();
    }

    private static String command(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }

    private static String read(String document) {
        try {
            return Files.readString(HOME.resolve(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
