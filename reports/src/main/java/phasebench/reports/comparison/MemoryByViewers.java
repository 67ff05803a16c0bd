package phasebench.reports.comparison;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.stats.Interval;

/// What a viewer costs in memory: each variant at several numbers of viewers, and a line through its trials.
///
/// @param confidence of every interval (0-1)
/// @param viewerCounts ascending
/// @param variants baseline first
/// @param rings variants that differ in their ring of packet copies alone, against the ring's derived size
public record MemoryByViewers(
        double confidence, List<Integer> viewerCounts, List<VariantMemory> variants, List<RingCheck> rings) {
    public MemoryByViewers {
        viewerCounts = List.copyOf(viewerCounts);
        variants = List.copyOf(variants);
        rings = List.copyOf(rings);
    }

    /// One variant.
    ///
    /// @param heap line through the heap after a full collection; null without trials at two numbers of viewers
    /// @param rss line through the resident set; null likewise
    /// @param points one for each measured trial, in the order of their beginning
    public record VariantMemory(
            String variant, @Nullable Line heap, @Nullable Line rss, List<Point> points) {
        public VariantMemory {
            points = List.copyOf(points);
        }

        /// The trials at a number of viewers.
        public List<Point> at(int viewers) {
            return points.stream().filter(point -> point.viewers() == viewers).toList();
        }
    }

    /// One trial; a figure is null where its reading is missing.
    public record Point(
            String trial,
            int viewers,
            @Nullable Double heapBytes,
            @Nullable Double rssBytes) {}

    /// A line by least squares, viewers without error.
    ///
    /// @param bytesPerViewer slope
    /// @param perViewer t interval of the slope; null with two trials
    /// @param bytesWithoutViewers intercept
    /// @param withoutViewers t interval of the intercept; null with two trials
    /// @param residualDeviation standard deviation of the trials about the line; null with two trials
    /// @param meanApartMax how far the mean at one number of viewers lies off the line, at most
    /// @param lackOfFit p-value of the F test for a bend; null without repetitions at three numbers of viewers
    /// @param isStraight whether a line describes the trials; null with two numbers of viewers, where any does
    /// @param n trials
    public record Line(
            double bytesPerViewer,
            @Nullable Interval perViewer,
            double bytesWithoutViewers,
            @Nullable Interval withoutViewers,
            @Nullable Double residualDeviation,
            double meanApartMax,
            @Nullable Double lackOfFit,
            @Nullable Boolean isStraight,
            int n) {
        public double at(int viewers) {
            return bytesWithoutViewers + bytesPerViewer * viewers;
        }
    }

    /// A variant with a ring of packet copies for each viewer, and one that differs from it by having none.
    ///
    /// @param bytesPerViewer difference of the two slopes
    /// @param interval of that difference, by Welch's t; null with too few trials
    /// @param derived what the ring should take
    /// @param apart relative distance of the difference from the derived size, such as -0.02
    /// @param isWithin whether that is at most [#APART_MAX], to either side
    /// @param isIntervalWithin whether that is true of the whole interval
    /// @param packetsLeast packets that each viewer got at least before its heap was read
    /// @param isFull whether these fill the ring; else the derived size does not apply
    public record RingCheck(
            String with,
            String without,
            double bytesPerViewer,
            @Nullable Interval interval,
            RingSize derived,
            double apart,
            boolean isWithin,
            boolean isIntervalWithin,
            long packetsLeast,
            boolean isFull) {
        /// The share by which measured and derived size may differ.
        public static final double APART_MAX = 0.15;
    }

    /// A variant's figures.
    public Optional<VariantMemory> of(String variant) {
        return variants.stream().filter(one -> one.variant().equals(variant)).findFirst();
    }
}
