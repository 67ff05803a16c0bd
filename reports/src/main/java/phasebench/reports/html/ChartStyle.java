package phasebench.reports.html;

import java.awt.BasicStroke;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// What all charts have in common.
final class ChartStyle {
    static final float POINTS = 12;

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.SQUARE,
        SeriesMarkers.RECTANGLE,
        SeriesMarkers.OVAL,
        SeriesMarkers.TRAPEZOID
    };
    private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}};

    private ChartStyle() {}

    static void apply(AxesChartStyler style) {
        style.setBaseFont(ChartFont.ofSize(POINTS));
        style.setAxisTickLabelsFont(ChartFont.ofSize(POINTS));
        style.setAxisTitleFont(ChartFont.ofSize(POINTS));
        style.setLegendFont(ChartFont.ofSize(POINTS));
        style.setChartTitleFont(ChartFont.ofSize(POINTS));
        style.setLegendVisible(false);
        style.setChartTitleVisible(false);
        style.setChartBackgroundColor(Ink.NONE);
        style.setPlotBackgroundColor(Ink.NONE);
        style.setPlotBorderVisible(false);
        style.setChartFontColor(Ink.TEXT.color());
        style.setAxisTickLabelsColor(Ink.TEXT.color());
        style.setXAxisTitleColor(Ink.TEXT.color());
        style.setYAxisTitleColor(Ink.TEXT.color());
        style.setAxisTickMarksColor(Ink.GRID.color());
        style.setPlotGridLinesColor(Ink.GRID.color());
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setAxisTickMarksStroke(new BasicStroke(1));
        style.setChartPadding(6);
        style.setPlotMargin(0);
        style.setPlotContentSize(1);
    }

    /// Each series has a marker as well as a colour.
    static Marker marker(int series) {
        return MARKERS[series % MARKERS.length];
    }

    /// Each line has a dash as well as a colour.
    static BasicStroke line(int series) {
        float[] dash = DASHES[series % DASHES.length];
        return dash == null
                ? new BasicStroke(2)
                : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    /// That dash for SVG; empty for a line in one piece.
    static String dashes(int series) {
        float[] dash = DASHES[series % DASHES.length];
        return dash == null
                ? ""
                : IntStream.range(0, dash.length)
                        .mapToObj(i -> Integer.toString((int) dash[i]))
                        .collect(Collectors.joining(" "));
    }
}
