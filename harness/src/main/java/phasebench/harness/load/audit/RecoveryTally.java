package phasebench.harness.load.audit;

import org.HdrHistogram.Histogram;
import phasebench.harness.load.media.FrameGrid;

/// What all viewers together asked for again and what they saw in one window. Belongs to the receiving thread until the
/// window is over.
public final class RecoveryTally {
    private static final long RECOVERY_NS_MAX = 60 * FrameGrid.SECOND_NS;

    private final Histogram recoveryNs = new Histogram(1_000, RECOVERY_NS_MAX, 3);
    private long nackPackets;
    private long packetsAsked;
    private long packetsGivenUp;
    private long packetsLate;
    private long pictureLosses;
    private int viewersFrozen;
    private long freezes;
    private long freezeNs;
    private long freezeNsMax;

    /// Counts a NACK.
    ///
    /// @param sequences packets that it asks for
    public void nack(int sequences) {
        nackPackets++;
        packetsAsked += sequences;
    }

    /// Counts a picture loss indication.
    public void pictureLoss() {
        pictureLosses++;
    }

    void recovered(long nanos) {
        recoveryNs.recordValue(Math.clamp(nanos, 0, RECOVERY_NS_MAX));
    }

    void givenUp() {
        packetsGivenUp++;
    }

    void late() {
        packetsLate++;
    }

    void played(Playout playout) {
        viewersFrozen += playout.freezes() > 0 ? 1 : 0;
        freezes += playout.freezes();
        freezeNs += playout.freezeNs();
        freezeNsMax = Math.max(freezeNsMax, playout.freezeNsMax());
    }

    /// RTCP packets with NACKs that viewers sent.
    public long nackPackets() {
        return nackPackets;
    }

    /// Sequence numbers in these, repeats included.
    public long packetsAsked() {
        return packetsAsked;
    }

    /// From the gap to the packet that fills it, one value for each packet that came after it was asked for.
    public Histogram recoveryNs() {
        return recoveryNs;
    }

    /// Missing packets that viewers ceased to wait for.
    public long packetsGivenUp() {
        return packetsGivenUp;
    }

    /// Packets that came after the deadline of their frame.
    public long packetsLate() {
        return packetsLate;
    }

    public long pictureLosses() {
        return pictureLosses;
    }

    public int viewersFrozen() {
        return viewersFrozen;
    }

    public long freezes() {
        return freezes;
    }

    public long freezeNs() {
        return freezeNs;
    }

    public long freezeNsMax() {
        return freezeNsMax;
    }
}
