package phasebench.reports.evidence;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import phasebench.reports.evidence.PairWindow.Use;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairRecord;

/// The figures of one launch pair, over those of its windows that count.
///
/// A packet belongs to the window in which the relay counted it, and its CPU time too: what is in flight at
/// an edge has cost some of it before and some behind it. With k frames in flight that moves at most k
/// frames' worth of CPU across, out of some hundred frames in a window of 2 s, in the same direction at both
/// edges; over windows that follow each other all but the outermost edges cancel.
///
/// @param windows all measured windows, in order
/// @param price what the pair is paid in
public record PairFigures(List<PairWindow> windows, PairPrice price, List<PairEdge> edges) {
    public PairFigures {
        windows = List.copyOf(windows);
        edges = List.copyOf(edges);
    }

    public static PairFigures of(PairRecord pair, PairPrice price) {
        return of(pair.windows(), price);
    }

    public static PairFigures of(List<PairEdge> edges, PairPrice price) {
        return new PairFigures(PairWindow.between(edges), price, edges);
    }

    /// Of a launch pair with media.
    public static PairFigures of(PairRecord pair, double jitShareMax) {
        return of(pair.windows(), jitShareMax);
    }

    /// Of a launch pair with media.
    public static PairFigures of(List<PairEdge> edges, double jitShareMax) {
        return of(edges, new PairPrice.PerPacket(jitShareMax));
    }

    /// The windows that count.
    public List<PairWindow> counted() {
        return windows.stream().filter(this::counts).toList();
    }

    /// Whether both compilers were quiet enough in a window.
    public boolean counts(PairWindow window) {
        return price.isQuiet(window.baseline()) && price.isQuiet(window.candidate());
    }

    /// CPU price, candidate / baseline, of one window.
    public double ratio(PairWindow window) {
        return price.of(window.candidate()) / price.of(window.baseline());
    }

    /// CPU time per packet, or per viewer-second, of the baseline; NaN if no window counts.
    public double baselineNs() {
        return price(PairWindow::baseline, price::cpuNs);
    }

    /// The same of the candidate.
    public double candidateNs() {
        return price(PairWindow::candidate, price::cpuNs);
    }

    /// CPU time per packet of the baseline; NaN if no window counts.
    public double baselineNsPerPacket() {
        return baselineNs();
    }

    /// CPU time per packet of the candidate; NaN if no window counts.
    public double candidateNsPerPacket() {
        return candidateNs();
    }

    /// CPU price, candidate / baseline; NaN if no window counts.
    public double ratio() {
        return candidateNs() / baselineNs();
    }

    /// The same without the CPU time of compilers and collectors, which come in lumps; NaN if no window counts.
    public double ownRatio() {
        return price(PairWindow::candidate, Use::ownCpuNs) / price(PairWindow::baseline, Use::ownCpuNs);
    }

    /// How far the ratio may be off because clock and counters are not read in one instant, as a share of it, taken
    /// at its worst: both outermost edges off in opposite directions, for both relays.
    public double uncertainShare() {
        if (windows.isEmpty()) {
            return Double.NaN;
        }
        PairEdge first = edges.getFirst();
        PairEdge last = edges.getLast();
        double baselineCpuNs = last.baseline().cpuNs() - first.baseline().cpuNs();
        double candidateCpuNs = last.candidate().cpuNs() - first.candidate().cpuNs();
        return (first.baselineCpuNsUncertain() + last.baselineCpuNsUncertain()) / baselineCpuNs
                + (first.candidateCpuNsUncertain() + last.candidateCpuNsUncertain()) / candidateCpuNs;
    }

    private double price(Function<PairWindow, Use> side, ToDoubleFunction<Use> cpuNs) {
        double sum = 0;
        double units = 0;
        for (PairWindow window : counted()) {
            sum += cpuNs.applyAsDouble(side.apply(window));
            units += price.units(side.apply(window));
        }
        return sum / units;
    }
}
