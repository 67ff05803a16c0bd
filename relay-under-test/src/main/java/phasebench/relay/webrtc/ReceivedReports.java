package phasebench.relay.webrtc;

import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.srtp.SrtpUnprotector;

/// Reads what a viewer reports. Owned by the socket's reader thread.
///
/// Picture loss is counted and no more: a publisher by RTSP cannot be asked for a key frame.
final class ReceivedReports {
    private static final int DATAGRAM_BYTES_MAX = 2048;

    private final SrtpUnprotector unprotector;
    private final RelayMetrics metrics;
    private final byte[] rtcp = new byte[DATAGRAM_BYTES_MAX];

    ReceivedReports(SrtpUnprotector unprotector, RelayMetrics metrics) {
        this.unprotector = unprotector;
        this.metrics = metrics;
    }

    void srtcp(byte[] datagram, int length) {
        int rtcpLength = unprotector.unprotectRtcp(datagram, length, rtcp);
        if (rtcpLength < 0) {
            metrics.increment(RelayCounter.DROP_BAD_SRTCP);
            return;
        }
    }
}
