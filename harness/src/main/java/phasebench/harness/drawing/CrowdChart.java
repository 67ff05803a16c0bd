package phasebench.harness.drawing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.Times;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.schedule.ViewerEvent;
import phasebench.scenarios.schedule.ViewerSchedule;

/// Viewers over the time of a trial: stages on top, a chart of columns, and joins and leaves below it.
final class CrowdChart {
    private static final int ROWS = 8;
    private static final int MARGIN = 2;
    private static final String EIGHTHS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int EIGHTH = 8;

    private final Canvas canvas;
    private final TrialTiming timing;
    private final ViewerSchedule schedule;
    private final int scaleColumns;
    private final int columns;
    private final double nsPerColumn;

    CrowdChart(Canvas canvas, Scenario scenario, ViewerSchedule schedule) {
        this.canvas = canvas;
        this.timing = scenario.timing();
        this.schedule = schedule;
        this.scaleColumns = Math.max("leaves".length(), Integer.toString(peak()).length()) + MARGIN;
        this.columns = canvas.columns() - scaleColumns - 1;
        this.nsPerColumn = (double) timing.total().toNanos() / columns;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(labelled("stage", stages()));
        int[] viewers = viewers();
        int peak = Math.max(1, peak());
        for (int row = ROWS; row >= 1; row--) {
            boolean isScaled = row == ROWS || row == ROWS / 2;
            StringBuilder bar = new StringBuilder();
            for (int count : viewers) {
                bar.append(block(count * (double) ROWS / peak - (row - 1)));
            }
            lines.add(labelled(isScaled ? Integer.toString(peak * row / ROWS) : "", bar.toString()));
        }
        lines.add(labelled("0", (canvas.characters() == Canvas.Characters.BLOCKS ? "\u2500" : "-").repeat(columns)));
        lines.add(labelled("joins", moves(ViewerEvent.Kind.JOIN)));
        if (schedule.count(ViewerEvent.Stage.WINDOW, ViewerEvent.Kind.LEAVE) > 0) {
            lines.add(labelled("leaves", moves(ViewerEvent.Kind.LEAVE)));
        }
        lines.add(axis());
        return lines;
    }

    private String labelled(String label, String text) {
        String edge = canvas.characters() == Canvas.Characters.BLOCKS ? "\u2502" : "|";
        return (" ".repeat(scaleColumns - 1 - label.length()) + label + " " + edge + text).stripTrailing();
    }

    /// @param height rows that the column reaches above the bottom of this one
    private char block(double height) {
        if (canvas.characters() == Canvas.Characters.ASCII) {
            return height >= 0.5 ? '#' : ' ';
        }
        return EIGHTHS.charAt(Math.clamp(Math.round(height * EIGHTH), 0, EIGHTH));
    }

    /// The most viewers at any time.
    private int peak() {
        int present = 0;
        int peak = 0;
        for (ViewerEvent event : schedule.events()) {
            present += event.kind() == ViewerEvent.Kind.JOIN ? 1 : -1;
            peak = Math.max(peak, present);
        }
        return peak;
    }

    /// Viewers at the end of each column.
    private int[] viewers() {
        int[] counts = new int[columns];
        int present = 0;
        int next = 0;
        List<ViewerEvent> events = schedule.events();
        for (int column = 0; column < columns; column++) {
            while (next < events.size() && column(events.get(next)) <= column) {
                present += events.get(next++).kind() == ViewerEvent.Kind.JOIN ? 1 : -1;
            }
            counts[column] = present;
        }
        return counts;
    }

    private int column(ViewerEvent event) {
        Duration before = switch (event.stage()) {
            case RAMP -> Duration.ZERO;
            case WINDOW -> timing.ramp().plus(timing.warmUp());
        };
        return column(before.plus(event.at()));
    }

    private int column(Duration at) {
        return (int) Math.min(columns - 1, at.toNanos() / nsPerColumn);
    }

    /// Moves of a kind in each column: a dot for none, a digit, a plus for ten or more.
    private String moves(ViewerEvent.Kind kind) {
        int[] counts = new int[columns];
        for (ViewerEvent event : schedule.events()) {
            if (event.kind() == kind) {
                counts[column(event)]++;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int count : counts) {
            text.append(count == 0 ? '.' : count < 10 ? (char) ('0' + count) : '+');
        }
        return text.toString();
    }

    /// Where each stage begins; its name as far as there is room.
    private String stages() {
        List<String> names = List.of("ramp", "warm-up", "window", "drain");
        List<Duration> lengths = List.of(timing.ramp(), timing.warmUp(), timing.window(), timing.drain());
        StringBuilder text = new StringBuilder();
        Duration end = Duration.ZERO;
        for (int i = 0; i < names.size(); i++) {
            end = end.plus(lengths.get(i));
            boolean isLast = i == names.size() - 1;
            int room = (isLast ? columns : (int) Math.round(end.toNanos() / nsPerColumn)) - text.length();
            if (room > 0) {
                String name = names.get(i) + " " + Times.format(lengths.get(i));
                String shown = name.length() < room ? name : names.get(i).length() < room ? names.get(i) : "";
                text.append(shown).append(" ".repeat(room - 1 - shown.length())).append(isLast ? "" : "|");
            }
        }
        return text.toString();
    }

    /// Begin, begin of the window, and end, in seconds.
    private String axis() {
        String total = seconds(timing.total());
        Duration windowAt = timing.ramp().plus(timing.warmUp());
        String window = seconds(windowAt);
        StringBuilder text = new StringBuilder(" ".repeat(scaleColumns + 1)).append("0s");
        int at = scaleColumns + 1 + column(windowAt);
        if (at > text.length() && at + window.length() + 1 < canvas.columns() - total.length()) {
            text.append(" ".repeat(at - text.length())).append(window);
        }
        int room = canvas.columns() - total.length() - text.length();
        return text.append(" ".repeat(Math.max(1, room))).append(total).toString();
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }
}
