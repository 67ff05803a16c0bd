package phasebench.reports.rundir;

import java.util.List;
import java.util.Locale;

/// What the load generator could receive on this machine, found out before the first trial by sending to it
/// what a relay would: a figure to hold the scenario against. It explains, and never enters a verdict; whether
/// the generator kept up in a trial is told by that trial.
///
/// @param engine how it received, for a person
/// @param viewers that it received for
/// @param cpuNsPerPacket CPU time of the receiving thread for a packet with its audit, one value per round
/// @param packetsMissing sent in these rounds and not received
/// @param complaint what the audit says; empty when all is well
/// @param threads receiving threads that can run at a time: one for each generator, as far as the load has cores
/// @param packetsPerSecondWanted what the scenario sends to viewers that read, with all of them there
public record CeilingEvidence(
        int schemaVersion,
        String engine,
        int viewers,
        List<Double> cpuNsPerPacket,
        long packetsMissing,
        String complaint,
        int threads,
        double packetsPerSecondWanted) {
    /// Version of the file.
    public static final int SCHEMA_VERSION = 1;

    /// Share of the ceiling above which a scenario leaves too little room for a disturbance.
    public static final double SHARE_MAX = 0.8;

    /// A thread that is busier makes a trial invalid, so that the ceiling lies there.
    public static final double THREAD_BUSY_SHARE_MAX = 0.9;

    public CeilingEvidence {
        cpuNsPerPacket = List.copyOf(cpuNsPerPacket);
        if (cpuNsPerPacket.isEmpty() || cpuNsPerPacket.stream().anyMatch(ns -> !(ns > 0))) {
            throw new IllegalArgumentException("cpuNsPerPacket has no positive values: " + cpuNsPerPacket);
        }
    }

    /// Packets per second that all receiving threads together can take, by the median round.
    public double packetsPerSecondMax() {
        List<Double> sorted = cpuNsPerPacket.stream().sorted().toList();
        return THREAD_BUSY_SHARE_MAX * threads * 1e9 / sorted.get(sorted.size() / 2);
    }

    /// Share of the ceiling that the scenario asks for.
    public double share() {
        return packetsPerSecondWanted / packetsPerSecondMax();
    }

    /// Whether the scenario asks for more than it should.
    public boolean isClose() {
        return share() > SHARE_MAX;
    }

    /// The figures in a sentence.
    public String sentence() {
        String missing = packetsMissing == 0 ? "" : ", " + packetsMissing + " packets were missing";
        String wrong = complaint.isEmpty() ? "" : ", and its audit says: " + complaint;
        return String.format(
                Locale.ROOT,
                "the load generator can receive about %,.0f packets/s here; the scenario asks for %,.0f (%.0f %%)%s%s",
                packetsPerSecondMax(),
                packetsPerSecondWanted,
                100 * share(),
                missing,
                wrong);
    }

    /// What a scenario close to the ceiling means.
    public String warning() {
        return String.format(
                Locale.ROOT,
                "The scenario asks for %.0f %% of what the load generator can receive on this machine (%,.0f of %,.0f"
                        + " packets/s; above %.0f %% there is little room): trials may be invalid because the load"
                        + " generator was the limit. Fewer viewers, more sinks, or more generators on more cores help.",
                100 * share(),
                packetsPerSecondWanted,
                packetsPerSecondMax(),
                100 * SHARE_MAX);
    }
}
