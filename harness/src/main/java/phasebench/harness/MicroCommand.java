package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phasebench.harness.micro.JmhPlan;
import phasebench.reports.micro.MicroPair;
import phasebench.reports.micro.MicroPhase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `phasebench micro`.
@Command(
        name = "micro",
        description = "run the benchmarks of the relay's hot paths: what a phase saves in the function; explains, never"
                + " decides",
        mixinStandardHelpOptions = true)
final class MicroCommand implements Callable<Integer> {
    private final Collaborators collaborators;

    @Option(names = "--phase", paramLabel = "PHASE", description = "only the benchmarks that explain this phase")
    private @Nullable String phase;

    @Option(names = "--list", description = "print the phases and what is compared for each, and stop")
    private boolean isListing;

    @Option(names = "--quick", description = "as short as can be; the numbers mean nothing")
    private boolean isQuick;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "put the results into this run directory, so that its report shows them (default: a new one)")
    private @Nullable Path run;

    @Option(names = "--runs", paramLabel = "DIR", description = "where run directories are made (default: runs/)")
    private @Nullable Path runs;

    MicroCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call() throws UsageException, PreflightException, IOException {
        List<MicroPhase> phases = phases();
        if (isListing) {
            phases.forEach(MicroCommand::print);
            return ExitCode.OK;
        }
        Installation installation = Installation.find();
        if (!Files.isRegularFile(installation.benchmarksJar())) {
            throw new PreflightException(List.of(
                    "the benchmarks are not built: no " + installation.benchmarksJar() + "; to mend it: mvn package"));
        }
        Path runsFolder = runs == null ? installation.defaultRuns() : runs;
        Site site = Site.here(installation, runsFolder, repeatCommand(), collaborators);
        JmhPlan plan = new JmhPlan(phases, isQuick ? JmhPlan.Length.QUICK : JmhPlan.Length.FULL);
        return new MicroRun(plan, site, System.out).run(run == null ? null : existing(run, runsFolder));
    }

    private List<MicroPhase> phases() throws UsageException {
        if (phase == null) {
            return List.of(MicroPhase.values());
        }
        return List.of(MicroPhase.byId(phase)
                .orElseThrow(() ->
                        new UsageException("--phase: value '%s' is no phase that a benchmark explains; allowed: %s"
                                .formatted(phase, MicroPhase.ids()))));
    }

    /// As given, or a name under the folder of runs.
    private static Path existing(Path run, Path runsFolder) {
        return Files.isDirectory(run) ? run : runsFolder.resolve(run);
    }

    private List<String> repeatCommand() {
        List<String> command = new ArrayList<>(List.of("scripts/phasebench", "micro"));
        if (phase != null) {
            command.addAll(List.of("--phase", phase));
        }
        if (isQuick) {
            command.add("--quick");
        }
        return command;
    }

    private static void print(MicroPhase phase) {
        System.out.println(phase.id());
        for (MicroPair pair : phase.pairs()) {
            System.out.println("  " + pair.what());
            System.out.println("    " + pair.before());
            System.out.println("    " + pair.after());
        }
    }
}
