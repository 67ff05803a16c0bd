package phasebench.relay.stream;

import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.TrackFormat;

/// Gives each unit of a track its place, by which every viewer numbers its packets and any of them can be
/// found again, and makes its packets where they are shared. Guarded by its stream's lock.
final class TrackNumbering {
    private final int track;
    private final Packetizer packetizer;
    private final @Nullable BufferPool shared;
    private long units;
    private long packets;

    /// @param shared where shared packets are put; null where each viewer makes its own
    TrackNumbering(int track, TrackFormat format, @Nullable BufferPool shared) {
        this.track = track;
        this.packetizer = Packetizer.of(format, Packetizer.PAYLOAD_BYTES_MAX);
        this.shared = shared;
    }

    MediaUnit next(AccessUnit unit, long inStream) {
        var place = new MediaUnit.Place(track, inStream, units, packets, packetizer.packetCount(unit));
        var numbered = shared == null
                ? new MediaUnit(place, unit.kept(), null)
                : new MediaUnit(place, unit.withoutParts(), share(unit, shared));
        units++;
        packets += place.packetCount();
        return numbered;
    }

    /// `buffers: allocate` makes fresh memory at each stage, also for the unit as it came.
    private SharedPackets share(AccessUnit unit, BufferPool pool) {
        return SharedPackets.of(packetizer, pool.isReusing() ? unit : unit.kept(), units, pool);
    }
}
