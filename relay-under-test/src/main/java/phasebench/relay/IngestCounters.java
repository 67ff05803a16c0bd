package phasebench.relay;

import java.util.concurrent.atomic.AtomicLong;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtsp.RtspCounters;

/// Puts what the RTSP server counts among the relay's counters.
final class IngestCounters implements RtspCounters {
    private final RelayMetrics metrics;
    private final AtomicLong openSockets;

    /// @param openSockets also counts the sockets of others
    IngestCounters(RelayMetrics metrics, AtomicLong openSockets) {
        this.metrics = metrics;
        this.openSockets = openSockets;
    }

    @Override
    public void rtpPacketIn(int packetBytes) {
        metrics.increment(RelayCounter.RTP_PACKETS_IN);
        metrics.add(RelayCounter.RTP_BYTES_IN, packetBytes);
    }

    @Override
    public void rtcpPacketIn(String type) {
        metrics.increment(RelayCounter.PUBLISHER_RTCP_IN);
    }

    @Override
    public void rtcpPacketOut(String type) {
        metrics.increment(RelayCounter.PUBLISHER_RTCP_OUT);
    }

    @Override
    public void dropped(IngestDrop reason) {
        metrics.increment(
                switch (reason) {
                    case MALFORMED_RTP -> RelayCounter.DROP_MALFORMED_RTP;
                    case MALFORMED_RTCP -> RelayCounter.DROP_MALFORMED_RTCP;
                    case OVERSIZED_PACKET -> RelayCounter.DROP_OVERSIZED_PACKET;
                    case FOREIGN_SOURCE -> RelayCounter.DROP_FOREIGN_SOURCE;
                    case UNKNOWN_CHANNEL -> RelayCounter.DROP_UNKNOWN_CHANNEL;
                    case BEFORE_RECORD -> RelayCounter.DROP_BEFORE_RECORD;
                    case FOREIGN_PAYLOAD_TYPE -> RelayCounter.DROP_FOREIGN_PAYLOAD_TYPE;
                    case LATE_OR_DUPLICATE -> RelayCounter.DROP_LATE_OR_DUPLICATE;
                    case UNSUPPORTED_PAYLOAD -> RelayCounter.DROP_UNSUPPORTED_PAYLOAD;
                    case MALFORMED_PAYLOAD -> RelayCounter.DROP_MALFORMED_PAYLOAD;
                    case DAMAGED_ACCESS_UNIT -> RelayCounter.DROP_DAMAGED_ACCESS_UNIT;
                });
    }

    @Override
    public void socketOpened() {
        openSockets.incrementAndGet();
    }

    @Override
    public void socketClosed() {
        openSockets.decrementAndGet();
    }

    @Override
    public void timerFired() {
        metrics.increment(RelayCounter.TIMERS_FIRED);
    }
}
