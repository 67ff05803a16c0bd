package phasebench.reports.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.Point;
import phasebench.reports.comparison.MemoryByViewers.RingCheck;
import phasebench.reports.comparison.MemoryByViewers.VariantMemory;
import phasebench.reports.stats.Interval;

/// Says in words what viewers cost in memory; every page uses the same ones. kB and MB are 1000 and 1,000,000 bytes.
public final class MemoryWording {
    private static final double KB = 1e3;
    private static final double MB = 1e6;

    private MemoryWording() {}

    /// One sentence for each variant, then one for each ring, without full stops.
    public static List<String> sentences(MemoryByViewers memory) {
        List<String> sentences = new ArrayList<>();
        memory.variants().forEach(variant -> sentences.add(sentence(variant)));
        memory.rings().forEach(ring -> sentences.add(sentence(ring)));
        return sentences;
    }

    private static String sentence(VariantMemory variant) {
        Line heap = variant.heap();
        if (heap == null) {
            return "%s: no line, because there are no trials at two numbers of viewers".formatted(variant.variant());
        }
        return "%s keeps %s of heap per viewer (%s), and %s without any; %s"
                .formatted(
                        variant.variant(),
                        kilobytes(heap.bytesPerViewer()),
                        reach(heap.perViewer(), heap.n()),
                        kilobytes(heap.bytesWithoutViewers()),
                        shape(heap));
    }

    private static String reach(@Nullable Interval interval, int n) {
        return interval == null
                ? "n = %d trials, no interval: need >= 3".formatted(n)
                : "%.0f %% interval %s, n = %d trials".formatted(100 * interval.confidence(), interval(interval), n);
    }

    /// Whether a line describes the trials, and how far the mean at one number of viewers lies off it.
    public static String shape(Line line) {
        Double lackOfFit = line.lackOfFit();
        Boolean isStraight = line.isStraight();
        if (isStraight == null) {
            return "whether it is straight takes a third number of viewers to tell";
        }
        return "%s: means lie at most %s off the line%s"
                .formatted(
                        isStraight ? "straight" : "not straight",
                        kilobytes(line.meanApartMax()),
                        lackOfFit == null
                                ? ""
                                : String.format(Locale.ROOT, " (F test for a bend: p = %.2g)", lackOfFit));
    }

    private static String sentence(RingCheck ring) {
        Interval interval = ring.interval();
        String measured = "%s and %s differ only in the ring of packet copies, by %s per viewer (%s)"
                .formatted(
                        ring.with(),
                        ring.without(),
                        kilobytes(ring.bytesPerViewer()),
                        interval == null
                                ? "no interval: need >= 3 trials of each"
                                : "%.0f %% interval %s".formatted(100 * interval.confidence(), interval(interval)));
        String derived = kilobytes((double) ring.derived().bytes());
        if (!ring.isFull()) {
            return "%s; the derived size of a full ring is %s, but the rings may not have been full (%d packets at least)"
                    .formatted(measured, derived, ring.packetsLeast());
        }
        return "%s; a full ring is derived at %s, and what is measured lies %s off: %s"
                .formatted(measured, derived, Figures.percent(ring.apart()), within(ring));
    }

    private static String within(RingCheck ring) {
        String limit = "%.0f %%".formatted(100 * RingCheck.APART_MAX);
        if (!ring.isWithin()) {
            return "not within " + limit;
        }
        if (ring.interval() == null) {
            return "within " + limit;
        }
        return "within " + limit
                + (ring.isIntervalWithin() ? ", and so is the whole interval" : ", but its interval reaches farther");
    }

    /// `1,575.0 kB`.
    public static String kilobytes(double bytes) {
        return number(bytes) + " kB";
    }

    /// `1,571.3 to 1,580.2 kB`.
    public static String interval(Interval bytes) {
        return number(bytes.low()) + " to " + kilobytes(bytes.high());
    }

    private static String number(double bytes) {
        return String.format(Locale.ROOT, "%,.1f", bytes / KB).replace('-', '−');
    }

    /// Mean of the trials at a number of viewers: `331.2 MB, n = 2`; a dash without any.
    public static String mean(VariantMemory variant, int viewers, Function<Point, @Nullable Double> figure) {
        double[] values = variant.at(viewers).stream()
                .map(figure)
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (values.length == 0) {
            return "–";
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Figures.significant(sum / values.length / MB, 4) + " MB, n = " + values.length;
    }
}
