package phasebench.relay.forward;

import phasebench.relay.buffer.PlainPacket;

/// What is kept of one viewer's track to answer NACKs: the `nack` setting. Owned by the thread that writes to the
/// viewer.
interface NackAnswer {
    /// `nack: off`: keeps nothing; the SDP answer does not speak of NACK, and one that comes all the same is not
    /// answered.
    NackAnswer NONE = new NackAnswer() {
        @Override
        public void sent(PlainPacket packet, int sequence) {}

        @Override
        public boolean resend(OutboundTrack track, int sequence) {
            return false;
        }

        @Override
        public void close() {}
    };

    /// Learns of a packet that is being sent.
    ///
    /// @param sequence 16 bits
    void sent(PlainPacket packet, int sequence);

    /// Sends a packet again.
    ///
    /// @return false if it is not kept any more, never was, or was sent again just now
    boolean resend(OutboundTrack track, int sequence);

    /// Lets go of all memory.
    void close();
}
