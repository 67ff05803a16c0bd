package phasebench.harness;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.comparison.StoredRuns;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.stats.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `phasebench compare`.
@Command(
        name = "compare",
        description =
                "set two stored runs side by side; what changed between them on the machine is in the figures too",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "a run directory, or its name under runs/")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "the run directory that is compared with it")
    private Path second = Path.of("");

    @Override
    public Integer call() throws UsageException, RunDirectoryException {
        Installation installation = Installation.find();
        StoredRuns compared =
                StoredRuns.of(RunEvidence.read(installation.run(first)), RunEvidence.read(installation.run(second)));
        PrintStream out = System.out;
        compared.differences()
                .forEach(difference -> out.println("the hosts differ (first run, second run), " + difference));
        compared.warnings().forEach(warning -> out.println("warning: " + warning));
        for (StoredRuns.Line line : compared.lines()) {
            out.println(text(line, compared.isComparable()));
        }
        if (!compared.isComparable()) {
            out.println(
                    compared.lines().isEmpty()
                            ? "not comparable: no variant and metric was measured in both"
                            : "not comparable: the hosts differ, so that no ratio is given");
            return ExitCode.INVALID;
        }
        return ExitCode.OK;
    }

    private static String text(StoredRuns.Line line, boolean isComparable) {
        String label = Metric.byId(line.metric()).map(Metric::label).orElse("CPU ratio of launch pairs");
        String means = String.format(
                Locale.ROOT,
                "%s, %s: %.4g (n = %d) and %.4g (n = %d)",
                line.variant(),
                label,
                line.first(),
                line.firstN(),
                line.second(),
                line.secondN());
        Interval ratio = line.ratio();
        if (!isComparable || ratio == null) {
            return means;
        }
        return means
                + String.format(
                        Locale.ROOT,
                        ", ratio %.4f (%.0f %% interval %.4f to %.4f)",
                        ratio.estimate(),
                        100 * ratio.confidence(),
                        ratio.low(),
                        ratio.high());
    }
}
