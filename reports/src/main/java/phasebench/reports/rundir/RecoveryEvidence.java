package phasebench.reports.rundir;

/// What viewers asked for again in one window, what came of it, and what they would have seen.
///
/// @param viewersAsking viewers that ask for what they miss, as a browser does
/// @param nackPackets RTCP packets with NACKs that they sent
/// @param packetsAsked sequence numbers in these, repeats included
/// @param packetsRecovered packets that came after they were asked for
/// @param packetsGivenUp missing packets that viewers ceased to wait for
/// @param pictureLosses picture loss indications (PLI) that viewers sent
/// @param recovery from the gap to the packet that filled it
public record RecoveryEvidence(
        int viewersAsking,
        long nackPackets,
        long packetsAsked,
        long packetsRecovered,
        long packetsGivenUp,
        long pictureLosses,
        LatencyEvidence recovery,
        Freezes freezes) {
    /// What a player that shows each frame a fixed delay after it was due would have shown, summed over viewers.
    ///
    /// @param packetsLate packets that came after that delay
    /// @param viewersFrozen viewers with at least one freeze
    /// @param freezeCount times that a frame was not whole by its deadline and the picture stood still
    /// @param freezeNs how long in all
    /// @param freezeNsMax the longest
    public record Freezes(long packetsLate, int viewersFrozen, long freezeCount, long freezeNs, long freezeNsMax) {}
}
