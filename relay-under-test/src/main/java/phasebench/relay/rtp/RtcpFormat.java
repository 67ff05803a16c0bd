package phasebench.relay.rtp;

/// Numbers of RTCP's wire format.
final class RtcpFormat {
    static final int HEADER_BYTES = 4;
    static final int REPORT_BLOCK_BYTES = 24;
    static final int SENDER_INFO_BYTES = 24;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;

    /// Of TRANSPORT_FEEDBACK.
    static final int GENERIC_NACK = 1;

    /// Of PAYLOAD_FEEDBACK.
    static final int PICTURE_LOSS_INDICATION = 1;

    /// Of PAYLOAD_FEEDBACK.
    static final int FULL_INTRA_REQUEST = 4;

    static final int CNAME = 1;

    private RtcpFormat() {}
}
