package phasebench.relay.rtp;

import java.util.Arrays;
import java.util.List;

/// Opus by RFC 7587: one Opus packet in each RTP packet.
final class OpusDepacketizer implements Depacketizer {
    private final Listener listener;

    OpusDepacketizer(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void push(byte[] rtp, int length, long arrivalNs) {
        int payloadBytes = RtpHeader.payloadLength(rtp, length);
        if (payloadBytes < 0) {
            listener.dropped(IngestDrop.MALFORMED_RTP);
        } else if (payloadBytes > 0) {
            int offset = RtpHeader.headerLength(rtp, length);
            byte[] frame = Arrays.copyOfRange(rtp, offset, offset + payloadBytes);
            listener.accessUnit(new AccessUnit(RtpHeader.timestamp(rtp), List.of(frame), true, arrivalNs));
        }
    }
}
