package phasebench.relay.forward;

import java.security.SecureRandom;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.MediaUnit;

/// One track of one viewer: cuts its units into packets, numbers them and has them protected and sent.
///
/// Every viewer cuts every unit anew, and every packet takes a fresh array at each stage, as MediaMTX does. Owned by
/// the viewer's writer thread.
final class OutboundTrack {
    /// RTP payload of a packet: with 12 bytes of header and an SRTP tag it stays within a MTU of 1280 less IP and UDP.
    static final int PAYLOAD_BYTES_MAX = 1188;

    private final TrackPlan plan;
    private final Packetizer packetizer;
    private final PacketSink sink;
    private final long timestampOffset;
    private final boolean hasMarker;
    private int sequence;
    private long timestamp;
    private long packetCount;
    private long payloadBytes;

    /// Takes a track's RTP packets, in order.
    interface PacketSink {
        void rtp(byte[] packet);
    }

    OutboundTrack(TrackPlan plan, SecureRandom random, PacketSink sink) {
        this.plan = plan;
        this.packetizer = Packetizer.of(plan.format(), PAYLOAD_BYTES_MAX);
        this.sink = sink;
        // below 2^15, or a loss at the start could hide a rollover from the receiver (RFC 3711, section 3.3.1)
        this.sequence = random.nextInt(1 << 15);
        this.timestampOffset = random.nextInt() & 0xffff_ffffL;
        this.hasMarker = !(plan.format() instanceof TrackFormat.Opus);
    }

    TrackPlan plan() {
        return plan;
    }

    /// Sends a unit. Units that were dropped before it leave a gap in the sequence numbers, one number each.
    void forward(MediaUnit unit) {
        sequence += unit.droppedBefore();
        timestamp = unit.unit().rtpTimestamp() + timestampOffset;
        packetizer.packetize(unit.unit(), this::packet);
    }

    private void packet(byte[] buffer, int offset, int length, boolean isLastOfUnit) {
        var packet = new byte[RtpHeader.FIXED_BYTES + length];
        RtpHeader.write(packet, 0, hasMarker && isLastOfUnit, plan.payloadType(), sequence, timestamp, plan.ssrc());
        System.arraycopy(buffer, offset, packet, RtpHeader.FIXED_BYTES, length);
        sequence++;
        packetCount++;
        payloadBytes += length;
        sink.rtp(packet);
    }

    /// The viewer's timestamp for one of the publisher's; unsigned 32 bits.
    long outbound(long publisherTimestamp) {
        return (publisherTimestamp + timestampOffset) & 0xffff_ffffL;
    }

    /// Packets sent so far.
    long packetCount() {
        return packetCount;
    }

    /// Their payload bytes, without headers (the octet count of RFC 3550, section 6.4.1).
    long payloadBytes() {
        return payloadBytes;
    }
}
