package phasebench.scenarios;

/// The viewers of a scenario.
///
/// @param count viewers that join, spread evenly over the streams; 0 only where memory is read over several counts
/// @param decryptedViewerShare share of viewers (0-1) of whose packets a share is authenticated, decrypted and compared
/// @param decryptedPacketShare share (0-1) of those viewers' packets
/// @param hasLocalCandidates whether each viewer offers a candidate named `<uuid>.local`, as browsers do
/// @param behaviourShare share of viewers that send NACKs, RRs and PLIs as Chromium does; the others send RRs only
/// @param sinkShare share of viewers that are complete sessions, but whose media the kernel counts and drops
public record ViewerLoad(
        int count,
        double decryptedViewerShare,
        double decryptedPacketShare,
        boolean hasLocalCandidates,
        double behaviourShare,
        double sinkShare) {
    /// More would need more ports than there are.
    public static final int COUNT_MAX = 100_000;

    /// Share of viewers that is decrypted when a file does not say.
    public static final double DECRYPTED_VIEWER_SHARE = 0.1;

    /// Share of those viewers' packets that is decrypted when a file does not say.
    public static final double DECRYPTED_PACKET_SHARE = 0.1;

    public ViewerLoad {
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("count is not within 0.." + COUNT_MAX + ": " + count);
        }
        requireShare("decryptedViewerShare", decryptedViewerShare);
        requireShare("decryptedPacketShare", decryptedPacketShare);
        requireShare("behaviourShare", behaviourShare);
        requireShare("sinkShare", sinkShare);
        if (behaviourShare + sinkShare > 1) {
            throw new IllegalArgumentException("a sink sees no loss that it could ask for again: behaviour and sink"
                    + " together are more than all viewers: " + (behaviourShare + sinkShare));
        }
    }

    /// Viewers that all look at their media and send RRs only.
    public ViewerLoad(int count, double decryptedViewerShare, double decryptedPacketShare, boolean hasLocalCandidates) {
        this(count, decryptedViewerShare, decryptedPacketShare, hasLocalCandidates, 0, 0);
    }

    /// The same for so many viewers.
    public ViewerLoad withCount(int changed) {
        return new ViewerLoad(
                changed, decryptedViewerShare, decryptedPacketShare, hasLocalCandidates, behaviourShare, sinkShare);
    }

    /// Viewers without candidates of their own.
    public ViewerLoad(int count, double decryptedViewerShare, double decryptedPacketShare) {
        this(count, decryptedViewerShare, decryptedPacketShare, false);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is not within 0..1: " + value);
        }
    }
}
