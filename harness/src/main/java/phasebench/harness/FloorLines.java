package phasebench.harness;

import java.util.ArrayList;
import java.util.List;
import phasebench.harness.floor.IntrinsicsFindings;
import phasebench.harness.machine.Finding;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.IntrinsicsEvidence;
import phasebench.reports.text.FloorTable;

/// The floor on a terminal.
final class FloorLines {
    private FloorLines() {}

    /// One line: the dearest and the cheapest way to get a protected packet to a socket that queues it, on a core
    /// that does nothing else and on one that rests between bursts.
    static String summary(FloorEvidence floor) {
        List<String> figures = new ArrayList<>();
        for (FloorReading reading : floor.readings()) {
            FloorKind kind = reading.kind();
            boolean isEndOfLadder = ("single".equals(kind.send()) && "aes-cm-sha1".equals(kind.srtp()))
                    || ("gso".equals(kind.send()) && "aes-gcm".equals(kind.srtp()));
            if (isEndOfLadder && FloorKind.QUEUED.equals(kind.sink())) {
                figures.add(kind.label() + " "
                        + (reading.missing() == null
                                ? FloorTable.figure(reading.cpuNsPerPacketMedian()) + paced(floor, kind)
                                : "not available: " + reading.missing()));
            }
        }
        return "ns of CPU per packet at least: " + String.join(", ", figures);
    }

    private static String paced(FloorEvidence floor, FloorKind queued) {
        return floor.reading(queued.withSink(FloorKind.PACED))
                .map(FloorReading::cpuNsPerPacketMedian)
                .map(ns -> " (in bursts " + FloorTable.figure(ns) + ")")
                .orElse("");
    }

    /// What intrinsics that are not in use cost.
    static List<String> warnings(FloorEvidence floor) {
        return findings(floor).stream()
                .filter(finding -> finding.state() == Finding.State.WARN)
                .map(Finding::asWarning)
                .toList();
    }

    static List<Finding> findings(FloorEvidence floor) {
        IntrinsicsEvidence intrinsics = floor.intrinsics();
        return intrinsics == null ? List.of() : IntrinsicsFindings.of(intrinsics);
    }

    /// There is a floor, but nobody knows it.
    static Finding notMeasured(String reason) {
        return new Finding(
                "floor",
                Finding.State.WARN,
                reason,
                "figures have no physical limit to be held against; whether intrinsics are in use stays unknown",
                "run doctor again, or look at what the message names");
    }

    /// All figures.
    static List<String> table(FloorEvidence floor) {
        FloorTable table = FloorTable.of(floor);
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("sent by", "sink"));
        head.addAll(table.columns());
        rows.add(head);
        for (FloorTable.Row row : table.rows()) {
            List<String> line = new ArrayList<>(List.of(row.send(), row.sink()));
            line.addAll(row.cells());
            rows.add(line);
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("what this machine charges for the bare minimum: " + table.caption());
        rows.forEach(row -> lines.add(aligned(row, rows)));
        table.missing().forEach(missing -> lines.add("n/a: " + missing));
        return lines;
    }

    private static String aligned(List<String> row, List<List<String>> all) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width =
                    all.stream().mapToInt(each -> each.get(at).length()).max().orElse(1);
            String format = column < 2 ? "%-" + width + "s  " : "%" + width + "s  ";
            line.append(format.formatted(row.get(column)));
        }
        return line.toString().stripTrailing();
    }
}
