package phasebench.relay.socket;

import phasebench.relay.buffer.PacketBuffer;

/// Hands media packets to the kernel, and counts those it took as forwarded. Owned by one thread at a time,
/// with one packet in the making at a time. It belongs to one viewer, which flushes after each unit, or to a
/// thread that serves many, which gives one viewer's unit after the other and flushes after the last.
public interface PacketSender {
    /// Memory for the next packet of at most that size, to be given back through `packet`.
    PacketBuffer next(int bytesMax);

    /// Takes the packet made in the buffer that `next` gave last.
    void packet(PacketBuffer packet, int length, Destination to);

    /// The packets since the last call are one access unit of one viewer, and no other belongs to it.
    void endOfUnit();

    /// Nothing may wait beyond this: all packets are with the kernel, or given up, and counted when it
    /// returns.
    void flush();
}
