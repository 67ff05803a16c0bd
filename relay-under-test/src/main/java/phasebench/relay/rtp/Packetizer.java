package phasebench.relay.rtp;

/// Splits the access units of one track into RTP payloads; the headers are the caller's.
///
/// Has one owner at a time.
public interface Packetizer {
    /// RTP payload of a packet: with 12 bytes of header and an SRTP tag it stays within a MTU of 1280 less IP and UDP.
    int PAYLOAD_BYTES_MAX = 1188;

    /// Hands out the payloads of an access unit in order. The same unit gives the same payloads each time.
    ///
    /// @param unitNumber its place among the units of its track, from 0
    void packetize(AccessUnit unit, long unitNumber, PayloadConsumer out);

    /// How many payloads that makes.
    int packetCount(AccessUnit unit);

    /// Makes the packetizer of a format.
    ///
    /// @param payloadBytesMax at least 64; an Opus packet is never split and may be longer
    static Packetizer of(TrackFormat format, int payloadBytesMax) {
        if (payloadBytesMax < 64) {
            throw new IllegalArgumentException("payloadBytesMax is below 64: " + payloadBytesMax);
        }
        return switch (format) {
            case TrackFormat.H264 _ -> new H264Packetizer(payloadBytesMax);
            case TrackFormat.Vp8 _ -> new Vp8Packetizer(payloadBytesMax, Vp8Packetizer.Descriptor.PICTURE_ID);
            case TrackFormat.Opus _ -> new OpusPacketizer();
        };
    }

    /// Takes payloads one after the other.
    @FunctionalInterface
    interface PayloadConsumer {
        /// Takes one payload.
        ///
        /// @param buffer read-only, and valid only during this call: it may be the access unit's, or used again
        /// @param isLastOfUnit whether the RTP marker is due (video)
        void payload(byte[] buffer, int offset, int length, boolean isLastOfUnit);
    }
}
