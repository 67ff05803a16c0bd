package phasebench.harness;

import java.util.ArrayList;
import java.util.List;
import phasebench.reports.micro.MicroEvidence;
import phasebench.reports.micro.MicroResult;
import phasebench.reports.text.MicroTable;

/// Results of benchmarks for the terminal.
final class MicroLines {
    private static final String ROW = "%-12s %-64s %16s %16s %20s   %s";

    private MicroLines() {}

    static List<String> of(MicroEvidence evidence) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(ROW.formatted("phase", "function", "before, ns CPU", "after", "change", "bytes"));
        for (MicroTable.Row row : MicroTable.of(evidence, null)) {
            lines.add(ROW.formatted(row.phase(), row.what(), row.before(), row.after(), row.change(), row.bytes()));
        }
        lines.add("");
        lines.add("%-96s %16s   %s".formatted("every benchmark", "ns CPU", "bytes"));
        for (MicroResult result : evidence.results()) {
            lines.add("%-96s %16s   %s"
                    .formatted(result.benchmark(), MicroTable.time(result), MicroTable.bytes(result.allocatedBytes())));
        }
        lines.add("");
        return lines;
    }
}
