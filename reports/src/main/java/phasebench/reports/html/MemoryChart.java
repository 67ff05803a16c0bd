package phasebench.reports.html;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.Point;
import phasebench.reports.comparison.MemoryByViewers.VariantMemory;
import phasebench.reports.text.Figures;

/// Heap over viewers: a point for each trial, a line for each variant. Both axes begin at 0.
final class MemoryChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 340;
    private static final double MB = 1e6;
    private static final double ROOM = 1.06;

    private MemoryChart() {}

    /// The picture, or nothing when no trial counts.
    static String markup(MemoryByViewers memory, String label) {
        if (heaps(memory).findAny().isEmpty()) {
            return "";
        }
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setMarkerSize(7);
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(ROOM * memory.viewerCounts().getLast());
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(top(memory) * ROOM / MB);
        chart.setCustomXAxisTickLabelsFormatter(Figures::tick);
        chart.setCustomYAxisTickLabelsFormatter(Figures::tick);
        chart.setXAxisTitle("viewers");
        chart.setYAxisTitle("heap, MB");
        List<VariantMemory> variants = memory.variants();
        for (int i = 0; i < variants.size(); i++) {
            line(chart, memory, variants.get(i), i);
            points(chart, variants.get(i), i);
        }
        return SvgPicture.of(chart, label).markup();
    }

    private static DoubleStream heaps(MemoryByViewers memory) {
        return memory.variants().stream()
                .flatMap(variant -> variant.points().stream())
                .map(Point::heapBytes)
                .flatMap(Stream::ofNullable)
                .mapToDouble(Double::doubleValue);
    }

    private static double top(MemoryByViewers memory) {
        DoubleStream ends = memory.variants().stream()
                .map(VariantMemory::heap)
                .flatMap(Stream::ofNullable)
                .mapToDouble(line -> line.at(memory.viewerCounts().getLast()));
        return DoubleStream.concat(heaps(memory), ends).max().orElseThrow();
    }

    private static void line(XYChart chart, MemoryByViewers memory, VariantMemory variant, int index) {
        Line line = variant.heap();
        if (line == null) {
            return;
        }
        int first = memory.viewerCounts().getFirst();
        int last = memory.viewerCounts().getLast();
        XYSeries series = chart.addSeries("line " + index, new double[] {first, last}, new double[] {
            Math.max(0, line.at(first)) / MB, Math.max(0, line.at(last)) / MB
        });
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(Ink.series(index).color());
        series.setLineStyle(ChartStyle.line(index));
    }

    private static void points(XYChart chart, VariantMemory variant, int index) {
        List<Point> known = variant.points().stream()
                .filter(point -> point.heapBytes() != null)
                .toList();
        if (known.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(
                "points " + index,
                known.stream().mapToDouble(Point::viewers).toArray(),
                known.stream()
                        .map(Point::heapBytes)
                        .flatMap(Stream::ofNullable)
                        .mapToDouble(bytes -> bytes / MB)
                        .toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(ChartStyle.marker(index));
        series.setMarkerColor(Ink.series(index).color());
    }
}
