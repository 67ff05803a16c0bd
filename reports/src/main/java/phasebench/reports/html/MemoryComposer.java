package phasebench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.Point;
import phasebench.reports.comparison.MemoryByViewers.VariantMemory;
import phasebench.reports.comparison.RingSize;
import phasebench.reports.html.PageModel.LegendEntry;
import phasebench.reports.html.PageModel.Memory;
import phasebench.reports.html.PageModel.MemoryCell;
import phasebench.reports.html.PageModel.MemoryCount;
import phasebench.reports.html.PageModel.MemoryLine;
import phasebench.reports.html.PageModel.RingPart;
import phasebench.reports.stats.Interval;
import phasebench.reports.text.MemoryWording;

/// Memory over viewers as the page shows it.
final class MemoryComposer {
    private MemoryComposer() {}

    static Memory compose(MemoryByViewers memory) {
        List<VariantMemory> variants = memory.variants();
        String svg = MemoryChart.markup(
                memory, "Heap after a full collection of every trial, over the number of viewers, with fitted lines");
        List<LegendEntry> legend = new ArrayList<>();
        List<MemoryLine> lines = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            legend.add(new LegendEntry(variants.get(i).variant(), Ink.series(i).cssClass(), ChartStyle.dashes(i)));
            lines.add(line(variants.get(i), i));
        }
        List<RingPart> ring = memory.rings().isEmpty() ? List.of() : parts();
        return new Memory(
                svg.isEmpty() ? null : svg,
                legend,
                MemoryWording.sentences(memory),
                lines,
                memory.viewerCounts().stream()
                        .map(count -> count(variants, count))
                        .toList(),
                ring,
                grouped(RingSize.FULL.bytes()));
    }

    private static MemoryLine line(VariantMemory variant, int index) {
        Line heap = variant.heap();
        Line rss = variant.rss();
        return new MemoryLine(
                variant.variant(),
                Ink.series(index).cssClass(),
                heap == null ? "" : MemoryWording.kilobytes(heap.bytesPerViewer()),
                heap == null ? "" : interval(heap.perViewer()),
                heap == null ? "" : MemoryWording.kilobytes(heap.bytesWithoutViewers()),
                heap == null ? "" : MemoryWording.shape(heap),
                rss == null ? "" : MemoryWording.kilobytes(rss.bytesPerViewer()),
                rss == null ? "" : interval(rss.perViewer()),
                heap == null ? "0" : String.valueOf(heap.n()));
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? "no interval: need >= 3 trials" : MemoryWording.interval(interval);
    }

    private static MemoryCount count(List<VariantMemory> variants, int viewers) {
        return new MemoryCount(
                String.valueOf(viewers),
                variants.stream()
                        .map(variant -> new MemoryCell(
                                variant.variant(),
                                MemoryWording.mean(variant, viewers, Point::heapBytes),
                                MemoryWording.mean(variant, viewers, Point::rssBytes)))
                        .toList());
    }

    private static List<RingPart> parts() {
        return RingSize.FULL.parts().stream()
                .map(part -> new RingPart(
                        part.what(), grouped(part.count()), grouped(part.bytesEach()), grouped(part.bytes())))
                .toList();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
