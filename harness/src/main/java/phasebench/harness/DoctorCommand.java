package phasebench.harness;

import java.util.List;
import java.util.concurrent.Callable;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.machine.Doctor;
import phasebench.harness.machine.Finding;
import picocli.CommandLine.Command;

/// `phasebench doctor`.
@Command(
        name = "doctor",
        description = "what this machine can and cannot do for a measurement, what that costs, and how to mend it",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() throws UsageException, InterruptedException {
        Installation installation = Installation.find();
        List<Finding> findings =
                new Doctor(CpuTopology.read(), installation.javaHome(), installation.defaultRuns()).examine();
        for (Finding finding : findings) {
            System.out.printf("%-8s %-12s %s%n", finding.state(), finding.name(), finding.found());
            if (!finding.cost().isEmpty()) {
                System.out.printf("%-21s costs: %s%n", "", finding.cost());
            }
            if (!finding.mend().isEmpty()) {
                System.out.printf("%-21s mend:  %s%n", "", finding.mend());
            }
        }
        boolean isUnfit = findings.stream().anyMatch(finding -> finding.state() == Finding.State.UNFIT);
        return isUnfit ? ExitCode.UNFIT : ExitCode.OK;
    }
}
