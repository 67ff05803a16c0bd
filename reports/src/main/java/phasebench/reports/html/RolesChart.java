package phasebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;
import phasebench.reports.text.Figures;

/// CPU per packet of each variant, stacked by thread role.
final class RolesChart {
    private static final int WIDTH = 350;
    private static final int HEIGHT = 300;

    private RolesChart() {}

    /// @param rows role to nanoseconds per packet, one for each variant, largest role first
    static String markup(List<String> variants, Map<String, double[]> rows, String label) {
        CategoryChart chart =
                new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
        CategoryStyler style = chart.getStyler();
        ChartStyle.apply(style);
        style.setStacked(true);
        style.setPlotGridVerticalLinesVisible(false);
        style.setXAxisLabelRotation(variants.size() > 3 ? 45 : 0);
        style.setAvailableSpaceFill(0.6);
        style.setYAxisMin(0.0).setYAxisMax(1.05 * highest(rows));
        chart.setCustomYAxisTickLabelsFormatter(Figures::tick);
        int index = 0;
        for (Map.Entry<String, double[]> row : new LinkedHashMap<>(rows).entrySet()) {
            List<Double> values = new ArrayList<>();
            for (double value : row.getValue()) {
                values.add(value);
            }
            CategorySeries series = chart.addSeries(row.getKey(), variants, values);
            series.setFillColor(Ink.series(index).color());
            series.setLineColor(Ink.NONE);
            index++;
        }
        return SvgPicture.of(chart, label).markup();
    }

    private static double highest(Map<String, double[]> rows) {
        double highest = 1;
        int variants = rows.isEmpty() ? 0 : rows.values().iterator().next().length;
        for (int i = 0; i < variants; i++) {
            int variant = i;
            highest = Math.max(
                    highest,
                    rows.values().stream().mapToDouble(row -> row[variant]).sum());
        }
        return highest;
    }
}
