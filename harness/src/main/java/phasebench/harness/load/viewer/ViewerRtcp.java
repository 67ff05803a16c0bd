package phasebench.harness.load.viewer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    private static final int SOURCES_MAX = Rtcp.REPORT_BLOCKS_MAX;

    private final ViewerKeys keys;
    private final int ssrc;
    private final String cname;
    private final byte[] report = new byte[Rtcp.BYTES_MAX];
    private long nextReportNs;
    private int reportIndex;

    /// The last sender reports, of as many sources as a viewer may have.
    private final List<SenderReport> senderReports = new ArrayList<>(SOURCES_MAX);

    private static final class SenderReport {
        private final int ssrc;
        private int ntp;
        private long atNs;

        SenderReport(int ssrc) {
            this.ssrc = ssrc;
        }

        /// Delay since it came in units of 1/65536 s (RFC 3550, section 6.4.1).
        int since(long nowNs) {
            return (int) ((nowNs - atNs) * 65_536 / FrameGrid.SECOND_NS);
        }
    }

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
            SenderReport report = senderReport(Bytes.getInt(packet, 4));
            if (report != null) {
                report.ntp = Bytes.getInt(packet, 10); // the middle 32 bits of its NTP timestamp
                report.atNs = nowNs;
            }
        }
        if (tally != null) {
            Rtcp.eachType(packet, bytes, type -> tally.rtcp(type, nowNs));
        }
    }

    /// The report of a source; null of one more than there can be.
    private @Nullable SenderReport senderReport(int source) {
        for (SenderReport report : senderReports) {
            if (report.ssrc == source) {
                return report;
            }
        }
        if (senderReports.size() == SOURCES_MAX) {
            return null;
        }
        SenderReport added = new SenderReport(source);
        senderReports.add(added);
        return added;
    }

    /// Sends a receiver report when one is due, on all tracks.
    ///
    /// @param audits none for a viewer whose media is counted by the kernel: it reports neither loss nor jitter
    void tick(long nowNs, MediaAudit[] audits, Viewer viewer) throws IOException {
        if (nowNs < nextReportNs) {
            return;
        }
        nextReportNs += REPORT_NS;
        List<Rtcp.ReportBlock> blocks = new ArrayList<>(SOURCES_MAX);
        for (MediaAudit audit : audits) {
            if (audit.isLearned()) {
                SenderReport last = senderReport(audit.ssrc());
                blocks.add(
                        last == null || last.ntp == 0
                                ? audit.nextReportBlock(0, 0)
                                : audit.nextReportBlock(last.ntp, last.since(nowNs)));
            }
        }
        if (audits.length == 0) {
            for (SenderReport last : senderReports) {
                blocks.add(new Rtcp.ReportBlock(last.ssrc, 0, 0, 0, 0, last.ntp, last.since(nowNs)));
            }
        }
        if (!blocks.isEmpty()) {
            send(report, Rtcp.writeReceiverReport(report, ssrc, blocks, cname), viewer);
        }
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
