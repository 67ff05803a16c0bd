package phasebench.reports.noise;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectoryException;

/// The folder of noise files: one for each machine, day, kind and design.
///
/// @param folder need not be there yet
public record NoiseStore(Path folder) {
    /// The store that belongs to a folder of runs.
    public static NoiseStore beside(Path runs) {
        return new NoiseStore(runs.resolve("noise"));
    }

    /// What is known of the day; nothing yet if there is no such file.
    ///
    /// @throws RunDirectoryException if there is one that cannot be read: what it holds would be lost
    public NoiseFile read(String host, String day, NoiseKind kind, String design) throws RunDirectoryException {
        Path file = file(host, day, kind.word(), design);
        return Files.exists(file)
                ? JsonFile.read(file, NoiseFile.class, NoiseFile.SCHEMA_VERSION)
                : NoiseFile.empty(host, day, kind, design);
    }

    public void write(NoiseFile noise) throws IOException {
        Files.createDirectories(folder);
        JsonFile.write(file(noise.host(), noise.day(), noise.kind(), noise.design()), noise);
    }

    /// Where [#write] puts it.
    public Path file(String host, String day, String kind, String design) {
        return folder.resolve("%s-%s-%s-%s.json".formatted(day, host, kind, design));
    }

    /// All that is known of a machine, oldest day first.
    public List<NoiseFile> ofHost(String host, NoiseKind kind) throws RunDirectoryException {
        List<NoiseFile> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*-" + host + "-" + kind.word() + "-*.json")) {
            for (Path file : files) {
                found.add(JsonFile.read(file, NoiseFile.class, NoiseFile.SCHEMA_VERSION));
            }
        } catch (IOException e) {
            throw e instanceof RunDirectoryException unreadable
                    ? unreadable
                    : new RunDirectoryException(folder, "cannot be listed: " + e.getMessage(), e);
        }
        found.sort(Comparator.comparing(NoiseFile::day).thenComparing(NoiseFile::design));
        return found;
    }

    /// The newest A/A control of a machine with a spread; empty if it was never calibrated.
    public Optional<NoiseFile> newest(String host, NoiseKind kind) throws RunDirectoryException {
        return ofHost(host, kind).stream()
                .filter(noise -> !noise.evidence().metrics().isEmpty())
                .reduce((_, newer) -> newer);
    }
}
