package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import phasebench.reports.Report;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.comparison.DuetResult;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.text.DuetWording;
import phasebench.reports.text.MemoryWording;
import phasebench.reports.text.Wording;

/// The report of a run directory, and what it found, said in a sentence for each variant.
final class RenderedReport {
    private RenderedReport() {}

    static void write(Path runDirectory, PrintStream out) throws IOException {
        Report report = Report.render(runDirectory);
        ComparisonDocument comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        out.println();
        boolean hasPairs = !comparison.launchPairs().isEmpty();
        MemoryByViewers memory = comparison.memory();
        if (memory != null) {
            MemoryWording.sentences(memory).forEach(out::println);
        } else if (!hasPairs || !comparison.trials().isEmpty()) {
            printTrials(comparison, out);
        }
        if (hasPairs) {
            comparison
                    .launchPairs()
                    .forEach(candidate -> out.printf(
                            "%s: %s%n", candidate.label(comparison.baseline()), Wording.sentence(candidate)));
        }
        DuetResult duet = comparison.duet();
        if (duet != null) {
            duet.composed().forEach(composed -> out.println(DuetWording.sentence(composed)));
        }
        comparison.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println("report: " + report.html());
    }

    private static void printTrials(ComparisonDocument comparison, PrintStream out) {
        MetricResult cpu = comparison.metrics().stream()
                .filter(result -> result.metric().equals(Metric.CPU_NS_PER_PACKET.id()))
                .findFirst()
                .orElseThrow();
        for (VariantResult variant : cpu.variants()) {
            if (!variant.variant().equals(comparison.baseline())) {
                out.printf(
                        "%s: %s%n",
                        variant.variant(),
                        Wording.sentence(Metric.CPU_NS_PER_PACKET, cpu, variant, comparison.baseline()));
            }
        }
    }
}
