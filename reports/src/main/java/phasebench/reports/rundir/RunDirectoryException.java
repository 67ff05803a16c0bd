package phasebench.reports.rundir;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A run directory, or one file of it, that cannot be read as one; the message names the file and what is wrong.
public final class RunDirectoryException extends IOException {
    private static final long serialVersionUID = 1;

    public RunDirectoryException(Path file, String problem, @Nullable Throwable cause) {
        super(file + ": " + problem, cause);
    }

    public RunDirectoryException(Path file, String problem) {
        this(file, problem, null);
    }
}
