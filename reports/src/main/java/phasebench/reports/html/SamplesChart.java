package phasebench.reports.html;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.stats.Interval;
import phasebench.reports.text.Figures;

/// Every trial's value as a point in the row of its variant, first trial on top; below them the mean and its interval.
final class SamplesChart {
    private static final int WIDTH = 350;
    private static final int ROW_HEIGHT = 62;
    private static final int AXIS_HEIGHT = 34;

    /// Rows are 1 high: the name stands on top, points follow from here to there, then the interval.
    private static final double POINTS_TOP = 0.20;

    private static final double POINTS_BOTTOM = -0.14;
    private static final double INTERVAL_AT = -0.34;
    private static final double NAME_AT = 0.30;
    private static final double TICK = 0.09;

    private final MetricResult result;
    private final Figures figures;
    private final XYChart chart;

    private SamplesChart(MetricResult result, Figures figures) {
        this.result = result;
        this.figures = figures;
        this.chart = new XYChartBuilder()
                .width(WIDTH)
                .height(AXIS_HEIGHT + ROW_HEIGHT * result.variants().size())
                .build();
    }

    /// The picture, or nothing to show when no trial has a value.
    static String markup(MetricResult result, Figures figures, String label) {
        return values(result).findAny().isEmpty() ? "" : new SamplesChart(result, figures).paint(label);
    }

    private String paint(String label) {
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setYAxisTicksVisible(false);
        chart.getStyler().setPlotGridHorizontalLinesVisible(false);
        chart.getStyler().setYAxisMin(0.5).setYAxisMax(result.variants().size() + 0.5);
        chart.getStyler().setXAxisTickMarkSpacingHint(64);
        chart.setCustomXAxisTickLabelsFormatter(Figures::tick);
        range();
        List<VariantResult> variants = result.variants();
        for (int i = 0; i < variants.size(); i++) {
            row(i, variants.get(i));
        }
        SvgPicture picture = SvgPicture.of(chart, label);
        for (int i = 0; i < variants.size(); i++) {
            VariantResult variant = variants.get(i);
            String nothing = variant.n() == 0 ? ": no value" : "";
            double x = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
            picture.text(x + 2, chart.getScreenYFromChart(at(i) + NAME_AT), "ink", variant.variant() + nothing);
        }
        return picture.markup();
    }

    /// Room around all points and intervals; never of no width.
    private void range() {
        double low = shown(DoubleStream.concat(values(result), ends()).min().orElseThrow());
        double high = shown(DoubleStream.concat(values(result), ends()).max().orElseThrow());
        double room = high > low ? 0.06 * (high - low) : Math.max(0.5, 0.02 * Math.abs(high));
        chart.getStyler().setXAxisMin(low - room).setXAxisMax(high + room);
    }

    private DoubleStream ends() {
        return result.variants().stream()
                .map(SamplesChart::interval)
                .filter(Objects::nonNull)
                .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high()));
    }

    private static DoubleStream values(MetricResult result) {
        return result.variants().stream()
                .flatMap(variant -> variant.samples().stream())
                .map(Sample::value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue);
    }

    /// The interval of two trials is so long that it would hide the points.
    private static @org.jspecify.annotations.Nullable Interval interval(VariantResult variant) {
        return variant.n() < 3 ? null : variant.interval();
    }

    private void row(int index, VariantResult variant) {
        double[] x = variant.samples().stream()
                .map(Sample::value)
                .filter(Objects::nonNull)
                .mapToDouble(value -> shown(value))
                .toArray();
        if (x.length == 0) {
            return;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double share = x.length == 1 ? 0.5 : (double) i / (x.length - 1);
            y[i] = at(index) + POINTS_TOP + share * (POINTS_BOTTOM - POINTS_TOP);
        }
        XYSeries points = chart.addSeries("points " + index, x, y);
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarker(ChartStyle.marker(index));
        points.setMarkerColor(Ink.series(index).color());
        mean(index, variant);
    }

    private void mean(int index, VariantResult variant) {
        double level = at(index) + INTERVAL_AT;
        Interval interval = interval(variant);
        if (interval != null) {
            line("interval " + index, index, 2, interval.low(), interval.high(), level, level);
            line("low " + index, index, 2, interval.low(), interval.low(), level - TICK / 2, level + TICK / 2);
            line("high " + index, index, 2, interval.high(), interval.high(), level - TICK / 2, level + TICK / 2);
        }
        Double mean = variant.mean();
        if (mean != null) {
            line("mean " + index, index, 4, mean, mean, level - TICK, level + TICK);
        }
    }

    private void line(String name, int index, float width, double x1, double x2, double y1, double y2) {
        XYSeries line = chart.addSeries(name, new double[] {shown(x1), shown(x2)}, new double[] {y1, y2});
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Ink.series(index).color());
        line.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    private double at(int index) {
        return result.variants().size() - index;
    }

    private double shown(double value) {
        return value / figures.divisor();
    }
}
