package phasebench.harness.load.viewer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.Rtcp;

/// One viewer's RTCP: counts what the relay sends and reports each second. Belongs to the receiving thread.
final class ViewerRtcp {
    private static final long REPORT_NS = FrameGrid.SECOND_NS;
    private static final int SENDER_REPORT_BYTES = 28;

    private final ViewerKeys keys;
    private final int ssrc;
    private final String cname;
    private final byte[] report = new byte[Rtcp.BYTES_MAX];
    private long nextReportNs;
    private int reportIndex;
    private int senderReportNtp;
    private long senderReportNs;

    /// @param firstReportNs when to report first
    ViewerRtcp(ViewerKeys keys, int ssrc, String cname, long firstReportNs) {
        this.keys = keys;
        this.ssrc = ssrc;
        this.cname = cname;
        this.nextReportNs = firstReportNs;
    }

    /// Takes a packet, still encrypted.
    void receive(byte[] packet, int length, long nowNs, @Nullable WindowTally tally) {
        int bytes = keys.receive().unprotectRtcp(packet, length);
        if (bytes < 0) {
            if (tally != null && tally.isOpenAt(nowNs)) {
                tally.rtcpNotAuthentic();
            }
            return;
        }
        if (bytes >= SENDER_REPORT_BYTES && (packet[1] & 0xff) == Rtcp.SENDER_REPORT) {
            senderReportNtp = Bytes.getInt(packet, 10); // the middle 32 bits of its NTP timestamp
            senderReportNs = nowNs;
        }
        if (tally != null) {
            Rtcp.eachType(packet, bytes, type -> tally.rtcp(type, nowNs));
        }
    }

    /// Sends a receiver report when one is due.
    void tick(long nowNs, MediaAudit audit, Viewer viewer) throws IOException {
        if (nowNs < nextReportNs) {
            return;
        }
        nextReportNs += REPORT_NS;
        if (audit.isLearned()) {
            // delay since the last SR in units of 1/65536 s (RFC 3550, section 6.4.1)
            int since = senderReportNtp == 0 ? 0 : (int) ((nowNs - senderReportNs) * 65_536 / FrameGrid.SECOND_NS);
            int bytes = Rtcp.writeReceiverReport(report, ssrc, audit.reportBlock(senderReportNtp, since), cname);
            viewer.send(report, keys.send().protectRtcp(report, bytes, reportIndex++));
        }
    }
}
