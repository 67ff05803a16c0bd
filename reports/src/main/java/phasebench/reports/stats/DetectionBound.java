package phasebench.reports.stats;

/// What a random sample of packets can say about faults that only decryption shows.
///
/// Each packet is taken to be faulty with the same probability and to be verified independently of that. A fault that
/// keeps to viewers of whom nothing is verified is beyond it.
///
/// @param packets that were delivered
/// @param verified of these
public record DetectionBound(long packets, long verified) {
    public DetectionBound {
        if (verified < 0 || packets < verified) {
            throw new IllegalArgumentException(verified + " of " + packets + " packets cannot have been verified");
        }
    }

    /// Share (0-1) of packets that were verified; 0 when there were none.
    public double share() {
        return packets == 0 ? 0 : (double) verified / packets;
    }

    /// Faulty packets that a fault of this rate puts among the verified ones, in the mean.
    ///
    /// @param rate share (0-1) of packets that are faulty
    public double expectedCount(double rate) {
        return requireShare("rate", rate) * verified;
    }

    /// Probability that at least one faulty packet is among the verified ones.
    ///
    /// @param rate share (0-1) of packets that are faulty
    public double probability(double rate) {
        return verified == 0 ? 0 : -Math.expm1(verified * Math.log1p(-requireShare("rate", rate)));
    }

    /// The smallest rate that is seen at least once with a probability; the rule of three for 95 % (Hanley and
    /// Lippman-Hand, JAMA 249, 1983).
    ///
    /// @return 1 when nothing was verified
    public double rateSeen(double probability) {
        requireShare("probability", probability);
        return verified == 0 ? 1 : -Math.expm1(Math.log1p(-probability) / verified);
    }

    private static double requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is not within 0..1: " + value);
        }
        return value;
    }
}
