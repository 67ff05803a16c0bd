package phasebench.reports.evidence;

import java.util.List;
import java.util.Optional;
import phasebench.reports.evidence.PairWindow.Use;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.SoloWindow;

/// What either relay of a launch pair costs while the other one's drive is paused.
///
/// @param baselineNsPerPacket over the solo windows of the baseline in which its JIT was quiet
/// @param candidateNsPerPacket the same of the candidate
/// @param coreBusyShare share (0-1) of those windows in which the relays' core was not idle
public record SoloFigures(double baselineNsPerPacket, double candidateNsPerPacket, double coreBusyShare) {
    /// Empty for a pair without solo windows of both relays that count.
    public static Optional<SoloFigures> of(PairRecord pair, double jitShareMax) {
        Total baseline = Total.of(pair.solo(), SoloWindow.Side.BASELINE, jitShareMax);
        Total candidate = Total.of(pair.solo(), SoloWindow.Side.CANDIDATE, jitShareMax);
        if (!(baseline.packets > 0 && candidate.packets > 0)) {
            return Optional.empty();
        }
        return Optional.of(new SoloFigures(
                baseline.cpuNs / baseline.packets,
                candidate.cpuNs / candidate.packets,
                (baseline.busyNs + candidate.busyNs) / (baseline.elapsedNs + candidate.elapsedNs)));
    }

    /// CPU per packet alone, candidate / baseline.
    public double ratio() {
        return candidateNsPerPacket / baselineNsPerPacket;
    }

    private record Total(double cpuNs, double packets, double busyNs, double elapsedNs) {
        static Total of(List<SoloWindow> windows, SoloWindow.Side side, double jitShareMax) {
            double cpuNs = 0;
            double packets = 0;
            double busyNs = 0;
            double elapsedNs = 0;
            for (SoloWindow window : windows) {
                Use use = Use.between(window.before(), window.after(), 0);
                if (window.side() == side && use.jitShare() <= jitShareMax) {
                    cpuNs += use.cpuNs();
                    packets += use.packets();
                    busyNs += window.after().coreBusyNs() - window.before().coreBusyNs();
                    elapsedNs += use.elapsedNs();
                }
            }
            return new Total(cpuNs, packets, busyNs, elapsedNs);
        }
    }
}
