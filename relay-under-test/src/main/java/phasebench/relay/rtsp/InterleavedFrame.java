package phasebench.relay.rtsp;

import phasebench.relay.buffer.PacketBuffer;

/// A packet among the requests (RFC 2326, section 10.12).
///
/// @param payload begins with the packet; whoever takes the frame releases it
/// @param length at most 65,535 by its field of 16 bits
record InterleavedFrame(int channel, PacketBuffer payload, int length) implements RtspMessage {}
