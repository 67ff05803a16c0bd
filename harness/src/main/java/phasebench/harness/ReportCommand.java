package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import phasebench.reports.rundir.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `phasebench report`.
@Command(
        name = "report",
        description = "render the report of a run directory again, from that directory alone",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final Collaborators collaborators;

    @Parameters(paramLabel = "RUN", description = "a run directory, or its name under runs/")
    private Path run = Path.of("");

    ReportCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call() throws UsageException, IOException {
        Path path = Installation.find().run(run);
        collaborators.reporter().write(RunDirectory.open(path).path(), System.out);
        return ExitCode.OK;
    }
}
