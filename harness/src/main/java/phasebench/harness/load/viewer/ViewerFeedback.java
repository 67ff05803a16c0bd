package phasebench.harness.load.viewer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.wire.Rtcp;

/// How one viewer asks for what it misses, as Chromium does: NACKs, and a picture loss indication when
/// a packet is given up. Asks only for what the relay agreed to. Belongs to the receiving thread.
final class ViewerFeedback {
    /// A viewer that waits for a key frame asks again after so long (libwebrtc's video_receive_stream2.h,
    /// kMaxWaitForKeyFrame).
    private static final long PICTURE_LOSS_NS = 200_000_000;

    /// Sequence numbers that are asked for at a time.
    private static final int ASKED_MAX = 256;

    private final ViewerRtcp rtcp;
    private final SdpAnswer.Feedback agreed;
    private final int[] sequences = new int[ASKED_MAX];
    private final byte[] packet = new byte[Rtcp.BYTES_MAX];
    private long lastPictureLossNs;

    ViewerFeedback(ViewerRtcp rtcp, SdpAnswer.Feedback agreed, long nowNs) {
        this.rtcp = rtcp;
        this.agreed = agreed;
        this.lastPictureLossNs = nowNs - PICTURE_LOSS_NS;
    }

    /// Sends what is due by now.
    ///
    /// @param isAnyGivenUp whether packets were given up just now
    void tick(long nowNs, boolean isAnyGivenUp, MediaAudit audit, Viewer viewer, @Nullable WindowTally tally)
            throws IOException {
        WindowTally counting = tally != null && tally.isOpenAt(nowNs) ? tally : null;
        int count = agreed.hasNack() ? audit.ask(nowNs, sequences) : 0;
        for (int next = 0; next < count; ) {
            long written = Rtcp.writeNack(packet, rtcp.ssrc(), audit.ssrc(), sequences, next, count);
            rtcp.send(packet, (int) written, viewer);
            int end = (int) (written >>> 32);
            if (counting != null) {
                counting.recovery().nack(end - next);
            }
            next = end;
        }
        if (isAnyGivenUp && agreed.hasPictureLoss() && nowNs - lastPictureLossNs >= PICTURE_LOSS_NS) {
            lastPictureLossNs = nowNs;
            rtcp.send(packet, Rtcp.writePictureLoss(packet, rtcp.ssrc(), audit.ssrc()), viewer);
            if (counting != null) {
                counting.recovery().pictureLoss();
            }
        }
    }
}
