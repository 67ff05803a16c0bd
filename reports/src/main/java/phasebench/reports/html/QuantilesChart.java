package phasebench.reports.html;

import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import phasebench.reports.text.Figures;

/// Latency over the share of packets that were no later, one line for each variant; the axis spreads the tail.
final class QuantilesChart {
    private static final int WIDTH = 350;
    private static final int HEIGHT = 300;
    private static final int NINES_MAX = 5;

    private QuantilesChart() {}

    /// @param lines variant to points: nines (`log10(1 / (1 - quantile))`) and nanoseconds
    static String markup(Map<String, double[][]> lines, String label) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) NINES_MAX);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisTicksVisible(false);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.setCustomYAxisTickLabelsFormatter(Figures::time);
        chart.getStyler().setChartPadding(18);
        int index = 0;
        for (Map.Entry<String, double[][]> line : lines.entrySet()) {
            XYSeries series = chart.addSeries(line.getKey(), line.getValue()[0], line.getValue()[1]);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(Ink.series(index).color());
            series.setLineStyle(ChartStyle.line(index));
            index++;
        }
        SvgPicture picture = SvgPicture.of(chart, label);
        double bottom = HEIGHT - 4;
        for (int nines = 0; nines <= NINES_MAX; nines++) {
            picture.text(chart.getScreenXFromChart(nines) - 3 * nines - 8, bottom, "tick", percentile(nines));
        }
        return picture.markup();
    }

    private static String percentile(int nines) {
        return switch (nines) {
            case 0 -> "0 %";
            case 1 -> "90 %";
            case 2 -> "99 %";
            default -> "99." + "9".repeat(nines - 2);
        };
    }
}
