package phasebench.relay.rtp;

/// Why something a publisher sent was thrown away.
public enum IngestDrop {
    /// A packet that is not RTP version 2, or whose header or padding does not fit.
    MALFORMED_RTP("malformed_rtp"),
    /// A compound packet that breaks RFC 3550, section 6.1.
    MALFORMED_RTCP("malformed_rtcp"),
    /// A packet longer than the receive buffer.
    OVERSIZED_PACKET("oversized_packet"),
    /// A datagram that came from elsewhere than the address and port agreed on in SETUP.
    FOREIGN_SOURCE("foreign_source"),
    /// An interleaved frame on a channel that no SETUP named.
    UNKNOWN_CHANNEL("unknown_channel"),
    /// A packet that came before RECORD.
    BEFORE_RECORD("before_record"),
    /// A packet with another payload type than the session description gives.
    FOREIGN_PAYLOAD_TYPE("foreign_payload_type"),
    /// A packet that came after its successors had been passed on, or twice.
    LATE_OR_DUPLICATE("late_or_duplicate"),
    /// A payload type of RFC 6184 that packetization-mode 1 does not know.
    UNSUPPORTED_PAYLOAD("unsupported_payload"),
    /// A payload that breaks its format.
    MALFORMED_PAYLOAD("malformed_payload"),
    /// A picture of which packets are missing or unusable.
    DAMAGED_ACCESS_UNIT("damaged_access_unit");

    private final String label;

    IngestDrop(String label) {
        this.label = label;
    }

    /// The name in metrics.
    public String label() {
        return label;
    }
}
