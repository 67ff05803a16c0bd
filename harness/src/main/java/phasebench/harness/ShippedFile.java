package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import phasebench.scenarios.FileKind;

/// A YAML file as a user names it: by its path, or by its name among those that ship.
final class ShippedFile {
    private static final String SUFFIX = ".yaml";

    private ShippedFile() {}

    static Path find(Installation installation, String given, FileKind kind) throws UsageException {
        return find(installation, Path.of(""), given, kind);
    }

    /// @param folder that is looked into before the shipped files
    static Path find(Installation installation, Path folder, String given, FileKind kind) throws UsageException {
        Path asGiven = Path.of(given);
        if (Files.isRegularFile(asGiven)) {
            return asGiven;
        }
        for (Path place : List.of(folder, installation.scenarios())) {
            Path named = place.resolve(given + SUFFIX);
            boolean isUnnamed = place.toString().isEmpty();
            if (!isUnnamed && !given.contains("/") && Files.isRegularFile(named)) {
                return named;
            }
        }
        String what = kind.name().toLowerCase(Locale.ROOT);
        throw new UsageException("value '%s' is neither a file nor the name of a shipped %s; allowed: %s"
                .formatted(given, what, names(installation, kind)));
    }

    private static List<String> names(Installation installation, FileKind kind) {
        try (Stream<Path> files = Files.list(installation.scenarios())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> FileKind.of(file).equals(Optional.of(kind)))
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
