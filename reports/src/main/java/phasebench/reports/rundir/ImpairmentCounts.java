package phasebench.reports.rundir;

/// What the impairment proxy did to packets of one kind in one window: the truth that loss, order and delay at the
/// viewers are held against.
///
/// @param packets that came to the proxy
/// @param reordered packets that a later one was let past
/// @param duplicated packets that were sent twice
public record ImpairmentCounts(long packets, Drops drops, long reordered, long duplicated, Delays delays) {
    /// Packets that went no further.
    ///
    /// @param drawn by the seeded script
    /// @param linkFull because the queue of the limited link was full
    public record Drops(long drawn, long linkFull) {}

    /// Packets that were kept back.
    ///
    /// @param delayNsSum over those packets
    public record Delays(long packets, long delayNsSum, long delayNsMax) {}

    /// Counts of two windows' parts together.
    public static ImpairmentCounts sum(ImpairmentCounts a, ImpairmentCounts b) {
        return new ImpairmentCounts(
                a.packets + b.packets,
                new Drops(a.drops.drawn + b.drops.drawn, a.drops.linkFull + b.drops.linkFull),
                a.reordered + b.reordered,
                a.duplicated + b.duplicated,
                new Delays(
                        a.delays.packets + b.delays.packets,
                        a.delays.delayNsSum + b.delays.delayNsSum,
                        Math.max(a.delays.delayNsMax, b.delays.delayNsMax)));
    }

    /// Packets that went no further, for whatever reason.
    public long dropped() {
        return drops.drawn() + drops.linkFull();
    }

    /// Share (0-1) of packets that went no further; NaN when none came.
    public double dropShare() {
        return packets == 0 ? Double.NaN : (double) dropped() / packets;
    }
}
