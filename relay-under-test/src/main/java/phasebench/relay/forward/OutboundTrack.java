package phasebench.relay.forward;

import java.util.random.RandomGenerator;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.MediaUnit;

/// One track of one viewer: numbers the packets of its units and has them protected and sent. How a unit becomes
/// packets is the `copies` setting. Owned by the thread that writes to the viewer.
///
/// A viewer's sequence number is the packet's number in the stream's track plus a constant: units that were dropped
/// leave a gap of as many numbers as they had packets, and a NACK finds its packet without any state per packet.
abstract sealed class OutboundTrack permits RepacketizingTrack, SharingTrack {
    private final TrackPlan plan;
    private final PacketSink sink;
    private final int firstSequence;
    private final long timestampOffset;
    private final boolean hasMarker;
    private long firstPacket = -1;
    private long lastPacket = -1;
    private long packetCount;
    private long payloadBytes;

    /// Takes a track's RTP packets, in order.
    interface PacketSink {
        /// Takes a packet that is new.
        void rtp(OutboundTrack track, PlainPacket packet, int sequence);

        /// Takes a packet that is sent again.
        void retransmission(PlainPacket packet);
    }

    OutboundTrack(TrackPlan plan, RandomGenerator random, PacketSink sink) {
        this.plan = plan;
        this.sink = sink;
        // below 2^15, or a loss at the start could hide a rollover from the receiver (RFC 3711, section 3.3.1)
        this.firstSequence = random.nextInt(1 << 15);
        this.timestampOffset = random.nextInt() & 0xffff_ffffL;
        this.hasMarker = !(plan.format() instanceof TrackFormat.Opus);
    }

    /// Hands the unit's packets from `from` to before `to` to `packet`.
    abstract void packets(MediaUnit unit, int from, int to, boolean isRetransmission);

    final TrackPlan plan() {
        return plan;
    }

    /// Sends a unit.
    final void forward(MediaUnit unit) {
        var place = unit.place();
        if (firstPacket < 0) {
            firstPacket = place.firstPacket();
        }
        lastPacket = place.firstPacket() + place.packetCount() - 1;
        packets(unit, 0, place.packetCount(), false);
    }

    /// Sends a packet of a unit again, byte for byte.
    ///
    /// @param packet its number in the stream's track
    final void retransmit(MediaUnit unit, long packet) {
        int index = (int) (packet - unit.place().firstPacket());
        packets(unit, index, index + 1, true);
    }

    /// The number in the stream's track of the packet that this viewer knows by a sequence number; -1 for one that was
    /// not sent.
    final long streamPacket(int sequence) {
        int behind = (sequence(lastPacket) - sequence) & 0xffff;
        long packet = lastPacket - behind;
        return firstPacket < 0 || packet < firstPacket ? -1 : packet;
    }

    private int sequence(long streamPacket) {
        return (int) (firstSequence + streamPacket - firstPacket);
    }

    /// Writes the header of one of the unit's packets.
    final int writeHeader(byte[] out, int offset, MediaUnit unit, int index) {
        var place = unit.place();
        int sequence = sequence(place.firstPacket() + index);
        RtpHeader.write(
                out,
                offset,
                hasMarker && index + 1 == place.packetCount(),
                plan.payloadType(),
                sequence,
                outbound(unit.unit().rtpTimestamp()),
                plan.ssrc());
        return sequence & 0xffff;
    }

    final void emit(PlainPacket packet, int sequence, boolean isRetransmission) {
        if (isRetransmission) {
            sink.retransmission(packet);
            return;
        }
        packetCount++;
        payloadBytes += packet.payloadBytes();
        sink.rtp(this, packet, sequence);
    }

    /// A packet to be filled, for one who owns it.
    static PlainPacket emptyPacket() {
        var header = PacketBuffer.over(new byte[RtpHeader.FIXED_BYTES], 0, RtpHeader.FIXED_BYTES);
        return new PlainPacket(header, RtpHeader.FIXED_BYTES, header, 0);
    }

    /// The viewer's timestamp for one of the publisher's; unsigned 32 bits.
    final long outbound(long publisherTimestamp) {
        return (publisherTimestamp + timestampOffset) & 0xffff_ffffL;
    }

    /// Distinct packets sent so far.
    final long packetCount() {
        return packetCount;
    }

    /// Their payload bytes, without headers (the octet count of RFC 3550, section 6.4.1).
    final long payloadBytes() {
        return payloadBytes;
    }
}
