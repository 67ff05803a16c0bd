package phasebench.reports.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.FloorRatio;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;

/// The floor as a table: ways to send, by sink, against ways to protect.
///
/// @param caption what the figures are
/// @param columns ways to protect
/// @param missing kinds without a figure, and why, each reason once
public record FloorTable(String caption, List<String> columns, List<Row> rows, List<String> missing) {
    private static final String UNPROTECTED = "unprotected";
    private static final String NONE = "–";
    private static final String NOT_AVAILABLE = "n/a";

    /// @param sink what becomes of the packets; empty when none are sent
    /// @param cells one for each column: `1,212 (1,108)`, or `n/a`, or a dash for a kind that does not exist
    public record Row(String send, String sink, List<String> cells) {}

    public static FloorTable of(FloorEvidence floor) {
        Set<String> columns = new LinkedHashSet<>();
        SequencedMap<List<String>, Map<String, String>> rows = new LinkedHashMap<>();
        SequencedMap<String, List<String>> missing = new LinkedHashMap<>();
        columns.add(UNPROTECTED);
        rows.put(List.of("nothing is sent", ""), new LinkedHashMap<>());
        for (FloorReading reading : floor.readings()) {
            FloorKind kind = reading.kind();
            String column = kind.srtp() == null ? UNPROTECTED : kind.srtp() + ", " + kind.srtpProvider();
            columns.add(column);
            rows.computeIfAbsent(row(kind), _ -> new LinkedHashMap<>()).put(column, cell(reading));
            if (reading.missing() != null) {
                missing.computeIfAbsent(reading.missing(), _ -> new ArrayList<>())
                        .add(kind.label() + (kind.sink() == null ? "" : " (" + kind.sink() + ")"));
            }
        }
        List<Row> cells = new ArrayList<>();
        rows.forEach((row, byColumn) -> cells.add(new Row(
                row.getFirst(),
                row.getLast(),
                columns.stream()
                        .map(column -> byColumn.getOrDefault(column, NONE))
                        .toList())));
        return new FloorTable(
                caption(floor),
                List.copyOf(columns),
                List.copyOf(cells),
                missing.entrySet().stream()
                        .map(entry -> String.join("; ", entry.getValue()) + ": " + entry.getKey())
                        .toList());
    }

    private static List<String> row(FloorKind kind) {
        if (kind.send() == null) {
            return List.of("nothing is sent", "");
        }
        return List.of(
                FloorKind.sending(kind.send(), kind.packetsPerCall(), Objects.requireNonNull(kind.sink()))
                        .label(),
                Objects.requireNonNull(kind.sink()));
    }

    private static String cell(FloorReading reading) {
        Double median = reading.cpuNsPerPacketMedian();
        Double min = reading.cpuNsPerPacketMin();
        return median == null || min == null ? NOT_AVAILABLE : figure(median) + " (" + figure(min) + ")";
    }

    private static String caption(FloorEvidence floor) {
        int rounds =
                floor.readings().stream().mapToInt(FloorReading::rounds).max().orElse(0);
        return ("ns of CPU for a packet of %d bytes, median (least) of %d rounds of %s packets, in frames of %d"
                        + " for %d destinations; OpenSSL: %s")
                .formatted(
                        floor.packetBytes(),
                        rounds,
                        Figures.tick(floor.packetsPerRound()),
                        floor.framePackets(),
                        floor.destinations(),
                        floor.libcrypto());
    }

    /// `1.31 × the floor of aes-gcm (jce) + gso x 8`, with sinks that queue; empty without such a ratio.
    public static String ratio(@Nullable FloorRatio ratio) {
        return ratio == null || ratio.queuedRatio() == null
                ? ""
                : times(ratio.queuedRatio()) + " × the floor of " + ratio.floor();
    }

    /// A ratio with two decimals; a dash when there is none.
    public static String times(@Nullable Double ratio) {
        return ratio == null ? NONE : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /// Nanoseconds as the table shows them; a dash when there are none.
    public static String figure(@Nullable Double ns) {
        return ns == null ? NONE : Figures.tick(Math.rint(ns));
    }
}
