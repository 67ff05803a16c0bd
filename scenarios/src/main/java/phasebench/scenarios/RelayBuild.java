package phasebench.scenarios;

import java.util.Optional;

/// Which build of the relay a variant runs.
///
/// @param where path of the jar, or a git revision; empty for the project's own build
public record RelayBuild(Kind kind, String where) {
    /// What a build may be, in the words of files and of the command line.
    public static final String ALLOWED =
            "project, jar:PATH (a relay's jar, or the folder that it lies in), or revision:REV (of this git repository)";

    /// The build that lies in the project's folder.
    public static final RelayBuild PROJECT = new RelayBuild(Kind.PROJECT, "");

    private static final String JAR_PREFIX = "jar:";
    private static final String REVISION_PREFIX = "revision:";

    /// Where a build comes from.
    public enum Kind {
        PROJECT,
        /// A jar with its libraries beside it, built by somebody.
        JAR,
        /// A git revision, built before the first trial.
        REVISION
    }

    public RelayBuild {
        if ((kind == Kind.PROJECT) != where.isEmpty()) {
            throw new IllegalArgumentException("a build is the project's own or names where it is: " + kind + where);
        }
    }

    /// Reads `project`, `jar:PATH` or `revision:REV`; empty for anything else.
    public static Optional<RelayBuild> parse(String text) {
        if (text.equals("project")) {
            return Optional.of(PROJECT);
        }
        return after(JAR_PREFIX, text)
                .map(path -> new RelayBuild(Kind.JAR, path))
                // a revision that began with a dash would be taken for an option by git
                .or(() -> after(REVISION_PREFIX, text)
                        .filter(revision -> !revision.startsWith("-"))
                        .map(revision -> new RelayBuild(Kind.REVISION, revision)));
    }

    private static Optional<String> after(String prefix, String text) {
        return text.startsWith(prefix) && text.length() > prefix.length()
                ? Optional.of(text.substring(prefix.length()))
                : Optional.empty();
    }

    /// What [#parse] reads.
    public String text() {
        return switch (kind) {
            case PROJECT -> "project";
            case JAR -> JAR_PREFIX + where;
            case REVISION -> REVISION_PREFIX + where;
        };
    }
}
