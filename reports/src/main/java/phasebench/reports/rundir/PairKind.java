package phasebench.reports.rundir;

/// What a launch pair prices.
public enum PairKind {
    /// Work per packet: the closed drive keeps both relays busy.
    MEDIA,
    /// Work per second of a viewer: sessions, timers and RTCP are alive, and no media flows.
    IDLE
}
