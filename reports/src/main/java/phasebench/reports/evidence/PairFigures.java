package phasebench.reports.evidence;

import java.util.List;
import java.util.function.Function;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairRecord;

/// The figures of one launch pair, over those of its windows that count.
///
/// A packet belongs to the window in which the relay counted it, and its CPU time too: what is in flight at an edge has
/// cost some of it before and some behind it. With k frames in flight that moves at most k frames' worth of CPU
/// across, out of some hundred frames in a window of 2 s, in the same direction at both edges; over windows that
/// follow each other all but the outermost edges cancel.
///
/// @param windows all measured windows, in order
/// @param jitShareMax share (0-1) of a relay's CPU that its JIT may use in a window that counts
public record PairFigures(List<PairWindow> windows, double jitShareMax, List<PairEdge> edges) {
    public PairFigures {
        windows = List.copyOf(windows);
        edges = List.copyOf(edges);
    }

    public static PairFigures of(PairRecord pair, double jitShareMax) {
        return of(pair.windows(), jitShareMax);
    }

    public static PairFigures of(List<PairEdge> edges, double jitShareMax) {
        return new PairFigures(PairWindow.between(edges), jitShareMax, edges);
    }

    /// The windows that count.
    public List<PairWindow> counted() {
        return windows.stream().filter(window -> window.isQuiet(jitShareMax)).toList();
    }

    /// CPU time per packet of the baseline; NaN if no window counts.
    public double baselineNsPerPacket() {
        return nsPerPacket(PairWindow::baseline);
    }

    /// CPU time per packet of the candidate; NaN if no window counts.
    public double candidateNsPerPacket() {
        return nsPerPacket(PairWindow::candidate);
    }

    /// CPU per forwarded packet, candidate / baseline; NaN if no window counts.
    public double ratio() {
        return candidateNsPerPacket() / baselineNsPerPacket();
    }

    /// How far the ratio may be off because clock and counters are not read in one instant, as a share of it, taken
    /// at its worst: both outermost edges off in opposite directions, for both relays.
    public double uncertainShare() {
        if (windows.isEmpty()) {
            return Double.NaN;
        }
        PairEdge first = edges.getFirst();
        PairEdge last = edges.getLast();
        double baselineNs = last.baseline().cpuNs() - first.baseline().cpuNs();
        double candidateNs = last.candidate().cpuNs() - first.candidate().cpuNs();
        return (first.baselineCpuNsUncertain() + last.baselineCpuNsUncertain()) / baselineNs
                + (first.candidateCpuNsUncertain() + last.candidateCpuNsUncertain()) / candidateNs;
    }

    private double nsPerPacket(Function<PairWindow, PairWindow.Use> side) {
        double cpuNs = 0;
        double packets = 0;
        for (PairWindow window : counted()) {
            cpuNs += side.apply(window).cpuNs();
            packets += side.apply(window).packets();
        }
        return cpuNs / packets;
    }
}
