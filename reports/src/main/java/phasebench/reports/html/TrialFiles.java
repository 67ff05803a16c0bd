package phasebench.reports.html;

import java.nio.file.Files;
import java.nio.file.Path;
import phasebench.reports.html.PageModel.FileLink;
import phasebench.reports.rundir.PairLayout;

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

    /// A file in the folder of one of a launch pair's relays, such as `relay-a/relay.log`.
    FileLink linkInPair(String pair, String path, String what) {
        int slash = path.indexOf('/');
        String side = path.substring(0, Math.max(0, slash));
        boolean isOfRelay = PairLayout.isRelayFolder(side);
        if (!isOfRelay) {
            return new FileLink(path, what, null);
        }
        FileLink inSide = link(pair + "/" + side, path.substring(slash + 1), what);
        String href = inSide.href() == null
                ? null
                : "../trials/" + Markup.pathSegment(pair) + "/" + side + "/"
                        + Markup.pathSegment(path.substring(slash + 1));
        return new FileLink(path, what, href);
    }

    static String href(String trial, String name) {
        return "../trials/" + Markup.pathSegment(trial) + "/" + Markup.pathSegment(name);
    }
}
