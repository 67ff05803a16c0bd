package phasebench.reports.html;

import java.nio.file.Files;
import java.nio.file.Path;
import phasebench.reports.html.PageModel.FileLink;

/// The files of a run's trials as the page links them: relative to `report/`, and only those that exist.
public final class TrialFiles {
    private final Path runDirectory;

    public TrialFiles(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    FileLink link(String trial, String name, String what) {
        boolean isPlain = !name.contains("/") && !name.contains("\\") && !name.startsWith(".") && !name.isEmpty();
        boolean exists = isPlain
                && Files.isRegularFile(
                        runDirectory.resolve("trials").resolve(trial).resolve(name));
        return new FileLink(name, what, exists ? href(trial, name) : null);
    }

    static String href(String trial, String name) {
        return "../trials/" + Markup.pathSegment(trial) + "/" + Markup.pathSegment(name);
    }
}
