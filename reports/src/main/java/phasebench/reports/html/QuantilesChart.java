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
        chart.getStyler().setXAxisTickMarkSpacingHint(50);
        chart.setCustomXAxisTickLabelsFormatter(QuantilesChart::percentile);
        chart.setCustomYAxisTickLabelsFormatter(Figures::time);
        int index = 0;
        for (Map.Entry<String, double[][]> line : lines.entrySet()) {
            XYSeries series = chart.addSeries(line.getKey(), line.getValue()[0], line.getValue()[1]);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(Ink.series(index).color());
            series.setLineStyle(ChartStyle.line(index));
            index++;
        }
        return SvgPicture.of(chart, label).markup();
    }

    private static String percentile(double nines) {
        if (nines == 0) {
            return "0 %";
        }
        if (nines < 0 || nines != Math.rint(nines)) {
            return "";
        }
        return switch ((int) nines) {
            case 1 -> "90 %";
            case 2 -> "99 %";
            default -> "99." + "9".repeat((int) nines - 2) + " %";
        };
    }
}
