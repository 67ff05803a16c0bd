package phasebench.relay.srtp;

/// The 48-bit index of an RTP packet: rollover counter and sequence number (RFC 3711, section 3.3.1).
final class PacketIndex {
    private PacketIndex() {}

    /// The index closest to `highest` that ends in `sequence`; negative if that lies before the first
    /// packet.
    static long guess(long highest, int sequence) {
        int highestSequence = (int) highest & 0xffff;
        long rollover = highest >>> 16;
        if (highestSequence < 0x8000) {
            if (sequence - highestSequence > 0x8000) {
                rollover--;
            }
        } else if (highestSequence - 0x8000 > sequence) {
            rollover++;
        }
        return (rollover << 16) + sequence;
    }
}
