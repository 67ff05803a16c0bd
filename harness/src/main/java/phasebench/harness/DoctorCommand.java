package phasebench.harness;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import phasebench.harness.floor.FloorException;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.machine.Doctor;
import phasebench.harness.machine.ExclusiveLock;
import phasebench.harness.machine.Finding;
import phasebench.reports.rundir.FloorEvidence;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `phasebench doctor`.
@Command(
        name = "doctor",
        description = "what this machine can and cannot do for a measurement, what that costs, and how to mend it",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Collaborators collaborators;

    @Option(
            names = "--no-floor",
            description = "measure neither what this machine charges for the bare minimum nor its crypto intrinsics")
    private boolean isFloorSkipped;

    DoctorCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        Installation installation = Installation.find();
        List<Finding> findings =
                new Doctor(CpuTopology.read(), installation.javaHome(), installation.defaultRuns()).examine();
        findings.forEach(DoctorCommand::print);
        boolean isUnfit = findings.stream().anyMatch(finding -> finding.state() == Finding.State.UNFIT);
        if (!isFloorSkipped && !isUnfit) {
            floor(Site.here(installation, installation.defaultRuns(), List.of(), collaborators));
        }
        return isUnfit ? ExitCode.UNFIT : ExitCode.OK;
    }

    /// Not while an experiment runs: each would measure the other.
    private static void floor(Site site) throws IOException, InterruptedException {
        String holder =
                "process %d, doctor, since %s".formatted(ProcessHandle.current().pid(), Instant.now());
        try (ExclusiveLock _ = ExclusiveLock.take(site.lockFile(), holder)) {
            Optional<FloorEvidence> measured = site.floor();
            if (measured.isPresent()) {
                FloorLines.findings(measured.get()).forEach(DoctorCommand::print);
                FloorLines.table(measured.get()).forEach(System.out::println);
            }
        } catch (ExclusiveLock.HeldException | FloorException e) {
            print(FloorLines.notMeasured(String.valueOf(e.getMessage())));
        }
    }

    private static void print(Finding finding) {
        System.out.printf("%-8s %-12s %s%n", finding.state(), finding.name(), finding.found());
        if (!finding.cost().isEmpty()) {
            System.out.printf("%-21s costs: %s%n", "", finding.cost());
        }
        if (!finding.mend().isEmpty()) {
            System.out.printf("%-21s mend:  %s%n", "", finding.mend());
        }
    }
}
