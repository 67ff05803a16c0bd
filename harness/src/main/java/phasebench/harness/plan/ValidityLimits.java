package phasebench.harness.plan;

/// How far load and machine may be off before a trial yields no number.
///
/// @param sendDelayNsP99Max publisher's delay behind its schedule; above, the generator was the limit
/// @param generatorBusyShareMax generator's CPU as a share of one core; above, it had no headroom
/// @param othersShareMax CPU of others on the relay's cores as a share of the window
/// @param stealShareMax time taken by the hypervisor as a share of the window
/// @param counterShareMax allowed disagreement of relay and generator about packets, beside the traffic that the
///     readings enclose beyond the window
public record ValidityLimits(
        long sendDelayNsP99Max,
        double generatorBusyShareMax,
        double othersShareMax,
        double stealShareMax,
        double counterShareMax) {
    /// 5 ms is a seventh of a frame at 30 fps. 0.2 % of the packets of a 20 s window at 30 fps is about one frame:
    /// the readings cannot be placed closer to the frame boundary than that.
    public static final ValidityLimits DEFAULT = new ValidityLimits(5_000_000, 0.9, 0.02, 0.01, 0.002);
}
