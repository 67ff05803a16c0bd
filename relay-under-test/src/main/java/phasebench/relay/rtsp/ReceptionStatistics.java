package phasebench.relay.rtsp;

import phasebench.relay.rtp.RtcpPacket.ReportBlock;

/// What a receiver reports about one source (RFC 3550, section 6.4.1 and appendices A.1, A.3 and A.8).
final class ReceptionStatistics {
    private final long ssrc;
    private final int clockRate;
    private final int sequenceBase;
    private int sequenceMax;
    private long sequenceCycles;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private long transitPrior;
    private double jitter;
    private long lastReportNtp;
    private long lastReportNs;

    /// @param ssrc the source
    /// @param sequence of its first packet, which is still to be counted
    ReceptionStatistics(long ssrc, int clockRate, int sequence) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
        this.sequenceBase = sequence;
        this.sequenceMax = sequence;
    }

    long ssrc() {
        return ssrc;
    }

    /// Counts a packet in the order of arrival.
    void packet(int sequence, long rtpTimestamp, long arrivalNs) {
        int ahead = (short) (sequence - sequenceMax);
        if (ahead > 0) {
            sequenceCycles += sequence < sequenceMax ? 0x1_0000 : 0;
            sequenceMax = sequence;
        }
        long transit = (long) (arrivalNs / 1e9 * clockRate) - rtpTimestamp;
        if (received > 0) {
            jitter += (Math.abs((int) (transit - transitPrior)) - jitter) / 16;
        }
        transitPrior = transit;
        received++;
    }

    /// @param ntpMiddle middle 32 bits of its NTP timestamp
    void senderReport(long ntpMiddle, long arrivalNs) {
        lastReportNtp = ntpMiddle;
        lastReportNs = arrivalNs;
    }

    /// The packets that never came, less the duplicates.
    long lost() {
        return expected() - received;
    }

    /// The report block of now, which begins the next interval of the fraction lost.
    ReportBlock block(long nowNs) {
        long delay = lastReportNtp == 0 ? 0 : (nowNs - lastReportNs) * 65_536 / 1_000_000_000;
        return new ReportBlock(
                ssrc,
                fractionLost(),
                Math.clamp(lost(), -0x80_0000, 0x7f_ffff),
                (sequenceCycles + sequenceMax) & 0xffff_ffffL,
                (long) jitter,
                lastReportNtp,
                delay);
    }

    private long expected() {
        return sequenceCycles + sequenceMax - sequenceBase + 1;
    }

    private int fractionLost() {
        long expectedInterval = expected() - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected();
        receivedPrior = received;
        return expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, 256 * lostInterval / expectedInterval);
    }
}
