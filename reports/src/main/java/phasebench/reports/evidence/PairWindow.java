package phasebench.reports.evidence;

import java.util.ArrayList;
import java.util.List;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;

/// One window of a launch pair: what both relays did between two edges.
///
/// @param coreBusyShare share (0-1) of the window in which the relays' core was not idle, whoever used it
/// @param relaysShare share (0-1) of the window in which one of the two relays was on a core
public record PairWindow(Use baseline, Use candidate, double coreBusyShare, double relaysShare) {
    /// What one relay used.
    ///
    /// @param cpuNs CPU time of its process
    /// @param elapsedNs length of the window for this relay, without the time that it stood still for readings
    /// @param packets packets that it forwarded: those that came to viewers, or those of its own counter in runs of
    ///     before the load generator was asked; 0 where nobody was
    /// @param jitShare share (0-1) of the CPU time that its compilers took
    /// @param gcShare share (0-1) of the CPU time that its collector took
    /// @param runnableShare time that its threads ran or waited for a core, per time of the window; below 1 it has
    ///     slept, above 1 several threads wanted the core at once
    public record Use(
            long cpuNs, long elapsedNs, double packets, double jitShare, double gcShare, double runnableShare) {
        /// What a relay used between two readings of it.
        ///
        /// @param stoodStillNs time in between that nothing could run in
        public static Use between(ProcessReading before, ProcessReading after, long stoodStillNs) {
            long cpuNs = after.cpuNs() - before.cpuNs();
            long elapsedNs = after.atNs() - before.atNs() - stoodStillNs;
            long waitedNs = waitedNs(after) - waitedNs(before);
            return new Use(
                    cpuNs,
                    elapsedNs,
                    packets(after) - packets(before),
                    (double) (cpuNs(after, "jit") - cpuNs(before, "jit")) / cpuNs,
                    (double) (cpuNs(after, "gc") - cpuNs(before, "gc")) / cpuNs,
                    (double) (cpuNs + waitedNs) / elapsedNs);
        }

        /// CPU time without that of the compilers and the collector.
        public double ownCpuNs() {
            return cpuNs * (1 - jitShare - gcShare);
        }

        private static double packets(ProcessReading reading) {
            Long delivered = reading.packetsDelivered();
            return delivered == null
                    ? reading.relayCounters().getOrDefault("relay_rtp_packets_out_total", 0.0)
                    : delivered;
        }

        private static long cpuNs(ProcessReading reading, String role) {
            return reading.threads().stream()
                    .filter(thread -> thread.role().equals(role))
                    .mapToLong(ThreadRoleReading::cpuNs)
                    .sum();
        }

        private static long waitedNs(ProcessReading reading) {
            return reading.threads().stream()
                    .mapToLong(ThreadRoleReading::runDelayNs)
                    .sum();
        }
    }

    /// The window between two edges.
    public static PairWindow between(PairEdge before, PairEdge after) {
        Use baseline = Use.between(before.baseline(), after.baseline(), before.stoodStillNs());
        Use candidate = Use.between(before.candidate(), after.candidate(), before.stoodStillNs());
        double elapsedNs = baseline.elapsedNs();
        return new PairWindow(
                baseline,
                candidate,
                (after.baseline().coreBusyNs() - before.baseline().coreBusyNs()) / elapsedNs,
                (baseline.cpuNs() + candidate.cpuNs()) / elapsedNs);
    }

    /// The windows between one edge and the next.
    public static List<PairWindow> between(List<PairEdge> edges) {
        List<PairWindow> windows = new ArrayList<>();
        for (int i = 1; i < edges.size(); i++) {
            windows.add(between(edges.get(i - 1), edges.get(i)));
        }
        return windows;
    }
}
