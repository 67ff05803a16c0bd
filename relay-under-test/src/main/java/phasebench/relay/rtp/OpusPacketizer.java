package phasebench.relay.rtp;

/// Opus by RFC 7587: one Opus packet in each RTP packet, never split.
final class OpusPacketizer implements Packetizer {
    @Override
    public void packetize(AccessUnit unit, long unitNumber, PayloadConsumer out) {
        out.payload(unit.bytes(), unit.begin(0), unit.length(0), true);
    }

    @Override
    public int packetCount(AccessUnit unit) {
        return 1;
    }
}
