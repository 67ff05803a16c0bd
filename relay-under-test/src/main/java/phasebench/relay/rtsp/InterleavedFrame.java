package phasebench.relay.rtsp;

/// A packet among the requests (RFC 2326, section 10.12).
///
/// @param payload begins with the packet; valid until the next message is read
/// @param length at most 65,535 by its field of 16 bits
@SuppressWarnings("ArrayRecordComponent") // a view that lives for one packet and is never compared
record InterleavedFrame(int channel, byte[] payload, int length) implements RtspMessage {}
