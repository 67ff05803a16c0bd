package phasebench.harness.floor;

import java.lang.foreign.MemorySegment;

/// Protects packets for one destination, with nothing around it: no replay list, no table of streams, no key
/// derivation.
/// The packet's index is new each time, the key is the destination's own.
interface PacketProtector {
    /// Nothing to protect: the packet in the slot is sent as it is.
    PacketProtector NONE = (_, _, _) -> FloorPackets.PACKET_BYTES;

    /// Puts the protected packet into native memory.
    ///
    /// @param packet number in the frame
    /// @return bytes written, the same for every packet
    int protect(int packet, MemorySegment slab, long offset);
}
