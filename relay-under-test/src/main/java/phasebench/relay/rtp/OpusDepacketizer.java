package phasebench.relay.rtp;

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
            int[] bounds = {offset, offset + payloadBytes};
            listener.accessUnit(AccessUnit.borrowing(RtpHeader.timestamp(rtp), rtp, bounds, 1, true, arrivalNs));
        }
    }
}
