package phasebench.reports.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder of one trial.
public final class TrialDirectory {
    /// The climb of a trial that had one.
    public static final String CLIMB = "climb.json";

    static final String RECORD = "trial.json";

    private final Path path;

    TrialDirectory(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /// Name of the folder, which is that of the trial: [TrialId#directoryName()].
    public String name() {
        return path.getFileName().toString();
    }

    public Path file(Artifact artifact) {
        return path.resolve(artifact.fileName());
    }

    /// A file of the trial by its plain name; refuses anything that would lie elsewhere.
    public Path file(String fileName) {
        if (fileName.contains("/") || fileName.contains("\\") || fileName.startsWith(".") || fileName.isEmpty()) {
            throw new IllegalArgumentException("not the plain name of a file: " + fileName);
        }
        return path.resolve(fileName);
    }

    /// Where [#writeTrial] puts the record.
    public Path recordFile() {
        return path.resolve(RECORD);
    }

    public void writeTrial(TrialRecord trial) throws IOException {
        if (!trial.id().directoryName().equals(name())) {
            throw new IllegalArgumentException("trial " + trial.id().directoryName() + " does not belong into " + path);
        }
        JsonFile.write(recordFile(), trial);
    }

    public void writeClimb(ClimbEvidence climb) throws IOException {
        JsonFile.write(path.resolve(CLIMB), climb);
    }

    /// The climb; empty for a trial that had none, or did not come to its end.
    public Optional<ClimbEvidence> climb() throws RunDirectoryException {
        Path file = path.resolve(CLIMB);
        return Files.exists(file)
                ? Optional.of(JsonFile.read(file, ClimbEvidence.class, ClimbEvidence.SCHEMA_VERSION))
                : Optional.empty();
    }

    /// The record; empty for a trial that was cut short before it was written.
    public Optional<TrialRecord> record() throws RunDirectoryException {
        if (!Files.exists(recordFile())) {
            return Optional.empty();
        }
        TrialRecord trial =
                JsonFile.read(recordFile(), TrialRecord.class, TrialRecord.SCHEMA_VERSION, TrialRecord::upgrade);
        if (!trial.id().directoryName().equals(name())) {
            throw new RunDirectoryException(
                    recordFile(),
                    "is the record of another trial: " + trial.id().directoryName());
        }
        return Optional.of(trial);
    }
}
