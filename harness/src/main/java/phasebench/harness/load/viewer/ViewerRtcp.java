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
    private int senderReportSsrc;

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
            senderReportSsrc = Bytes.getInt(packet, 4);
            senderReportNtp = Bytes.getInt(packet, 10); // the middle 32 bits of its NTP timestamp
            senderReportNs = nowNs;
        }
        if (tally != null) {
            Rtcp.eachType(packet, bytes, type -> tally.rtcp(type, nowNs));
        }
    }

    /// Sends a receiver report when one is due.
    ///
    /// @param audit null for a viewer whose media is counted by the kernel: it reports neither loss nor jitter
    void tick(long nowNs, @Nullable MediaAudit audit, Viewer viewer) throws IOException {
        if (nowNs < nextReportNs) {
            return;
        }
        nextReportNs += REPORT_NS;
        // delay since the last SR in units of 1/65536 s (RFC 3550, section 6.4.1)
        int since = senderReportNtp == 0 ? 0 : (int) ((nowNs - senderReportNs) * 65_536 / FrameGrid.SECOND_NS);
        if (audit == null && senderReportNtp != 0) {
            report(new Rtcp.ReportBlock(senderReportSsrc, 0, 0, 0, 0, senderReportNtp, since), viewer);
        } else if (audit != null && audit.isLearned()) {
            report(audit.nextReportBlock(senderReportNtp, since), viewer);
        }
    }

    private void report(Rtcp.ReportBlock block, Viewer viewer) throws IOException {
        send(report, Rtcp.writeReceiverReport(report, ssrc, block, cname), viewer);
    }

    /// Of this viewer as a sender of RTCP.
    int ssrc() {
        return ssrc;
    }

    /// Protects a packet in place and sends it.
    void send(byte[] packet, int bytes, Viewer viewer) throws IOException {
        viewer.send(packet, keys.send().protectRtcp(packet, bytes, reportIndex++));
    }
}
