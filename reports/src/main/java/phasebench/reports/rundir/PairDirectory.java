package phasebench.reports.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder of one launch pair, with a folder for each relay in it.
public final class PairDirectory {
    static final String RECORD = "pair.json";

    private final Path path;

    PairDirectory(Path path) {
        this.path = path;
    }

    /// Makes the folders of both relays.
    static PairDirectory create(Path path) throws IOException {
        Files.createDirectory(path);
        Files.createDirectory(path.resolve(PairLayout.FOLDER_A));
        Files.createDirectory(path.resolve(PairLayout.FOLDER_B));
        return new PairDirectory(path);
    }

    public Path path() {
        return path;
    }

    /// Name of the folder, which is that of the pair: [PairId#directoryName()].
    public String name() {
        return path.getFileName().toString();
    }

    public void writePair(PairRecord pair) throws IOException {
        if (!pair.id().directoryName().equals(name())) {
            throw new IllegalArgumentException("pair " + pair.id().directoryName() + " does not belong into " + path);
        }
        JsonFile.write(path.resolve(RECORD), pair);
    }

    /// The record; empty for a pair that was cut short before it was written.
    public Optional<PairRecord> record() throws RunDirectoryException {
        Path file = path.resolve(RECORD);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        PairRecord pair = JsonFile.read(file, PairRecord.class, PairRecord.SCHEMA_VERSION, PairRecord::upgrade);
        if (!pair.id().directoryName().equals(name())) {
            throw new RunDirectoryException(
                    file, "is the record of another pair: " + pair.id().directoryName());
        }
        return Optional.of(pair);
    }
}
