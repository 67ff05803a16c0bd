package phasebench.relay.webrtc;

import java.util.List;
import java.util.function.Consumer;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.srtp.SrtpUnprotector;
import phasebench.relay.stream.Viewer;

/// Reads what a viewer reports. Picture loss is counted and no more: a publisher by RTSP cannot be asked for a key
/// frame.
final class ReceivedReports implements AutoCloseable {
    private static final int DATAGRAM_BYTES_MAX = 2048;

    private final SrtpUnprotector unprotector;
    private final RelayMetrics metrics;
    private final byte[] rtcp = new byte[DATAGRAM_BYTES_MAX];

    ReceivedReports(SrtpUnprotector unprotector, RelayMetrics metrics) {
        this.unprotector = unprotector;
        this.metrics = metrics;
    }

    /// The packets of an SRTCP datagram, or none if it is forged, replayed or unreadable. One thread.
    List<RtcpPacket> open(byte[] datagram, int length) {
        int rtcpLength = unprotector.unprotectRtcp(datagram, length, rtcp);
        var packets = rtcpLength < 0 ? List.<RtcpPacket>of() : Rtcp.parse(rtcp, rtcpLength);
        if (packets.isEmpty()) {
            metrics.increment(RelayCounter.DROP_BAD_SRTCP);
        }
        return packets;
    }

    /// Opens nothing any more. The thread of `open`.
    @Override
    public void close() {
        unprotector.close();
    }

    /// Acts on one packet. Any thread.
    void handle(RtcpPacket packet, Consumer<Viewer.Nack> onNack) {
        metrics.increment(
                switch (packet) {
                    case RtcpPacket.ReceiverReport _ -> RelayCounter.RTCP_RR_IN;
                    case RtcpPacket.PictureLossIndication _ -> RelayCounter.RTCP_PLI_IN;
                    case RtcpPacket.FullIntraRequest _ -> RelayCounter.RTCP_FIR_IN;
                    case RtcpPacket.GenericNack nack -> {
                        metrics.add(
                                RelayCounter.NACKS_RECEIVED,
                                nack.lostSequences().size());
                        onNack.accept(new Viewer.Nack(nack.mediaSsrc(), nack.lostSequences()));
                        yield RelayCounter.RTCP_NACK_IN;
                    }
                    case RtcpPacket.SenderReport _,
                            RtcpPacket.SourceDescription _,
                            RtcpPacket.Bye _,
                            RtcpPacket.Other _ -> RelayCounter.RTCP_OTHER_IN;
                });
    }
}
