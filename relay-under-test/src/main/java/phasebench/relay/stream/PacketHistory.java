package phasebench.relay.stream;

import org.jspecify.annotations.Nullable;

/// `nack: shared`: the last packets of one track of a stream, once for all viewers. A viewer finds a packet by its
/// number in the track, so that it keeps nothing of its own. Any thread.
public final class PacketHistory {
    /// Over 8 s at 240 packets per second.
    static final int PACKET_COUNT = 2048;

    /// What is older no player waits for any more, not even one that catches up with a group of pictures.
    static final long AGE_NS_MAX = 10_000_000_000L;

    private final @Nullable MediaUnit[] units = new MediaUnit[PACKET_COUNT];

    synchronized void add(MediaUnit unit) {
        var place = unit.place();
        int first = Math.max(0, place.packetCount() - PACKET_COUNT);
        for (int i = first; i < place.packetCount(); i++) {
            int slot = slot(place.firstPacket() + i);
            var old = units[slot];
            units[slot] = unit.retain();
            if (old != null) {
                old.release();
            }
        }
    }

    /// The unit that the packet is part of, retained for the caller; null if it is too old, or not sent yet.
    public synchronized @Nullable MediaUnit find(long packet, long nowNs) {
        if (packet < 0) {
            return null;
        }
        var unit = units[slot(packet)];
        if (unit == null
                || packet < unit.place().firstPacket()
                || packet >= unit.place().firstPacket() + unit.place().packetCount()
                || nowNs - unit.unit().arrivalNs() > AGE_NS_MAX) {
            return null;
        }
        return unit.retain();
    }

    synchronized void clear() {
        for (int i = 0; i < units.length; i++) {
            var unit = units[i];
            units[i] = null;
            if (unit != null) {
                unit.release();
            }
        }
    }

    private static int slot(long packet) {
        return (int) (packet % PACKET_COUNT);
    }
}
