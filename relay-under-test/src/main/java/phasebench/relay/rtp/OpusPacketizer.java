package phasebench.relay.rtp;

/// Opus by RFC 7587: one Opus packet in each RTP packet, never split.
final class OpusPacketizer implements Packetizer {
    @Override
    public void packetize(AccessUnit unit, long unitNumber, PayloadConsumer out) {
        byte[] frame = unit.units().getFirst();
        out.payload(frame, 0, frame.length, true);
    }

    @Override
    public int packetCount(AccessUnit unit) {
        return 1;
    }
}
